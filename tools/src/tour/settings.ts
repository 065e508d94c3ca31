/** Where the running system is; the defaults are those of `npm start`. */
export interface TourSettings {
  gateway: string
  mailApi: string
  kafkaBrokers: string
}

export const tourSettings = (env: NodeJS.ProcessEnv): TourSettings => ({
  gateway: env['PUBLIC_URL'] ?? 'http://localhost:8080',
  mailApi: env['MAIL_API'] ?? 'http://127.0.0.1:1080',
  kafkaBrokers: env['KAFKA_BROKERS'] ?? '127.0.0.1:9092',
})
