import type { KafkaAccess } from '@mpics/eventing'

const MONGODB = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/

/** The servers that tests use. Jest's set-up has found them: in the environment, else in what `npm run servers` noted. */
export const servers = () => ({
  mongodbUri: (database: string) => required('MONGODB_URI').replace(MONGODB, `$1/${database}`),
  get kafkaBrokers() {
    return required('KAFKA_BROKERS')
  },
  get s3Endpoint() {
    return required('S3_ENDPOINT')
  },
  s3AccessKey: process.env['S3_ACCESS_KEY'] ?? 'mpics',
  s3SecretKey: process.env['S3_SECRET_KEY'] ?? 'mpics-local-secret',
  s3Region: process.env['S3_REGION'] ?? 'us-east-1',
  get smtpUrl() {
    return required('SMTP_URL')
  },
  get mailApi() {
    return required('MAIL_API')
  },
})

export const kafkaAccess = (prefix: string): KafkaAccess & { prefix: string } => ({
  brokers: servers().kafkaBrokers.split(','),
  prefix,
})

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start the servers of the tests with: npm run servers`)
  return value
}
