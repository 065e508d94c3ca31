import type { KafkaAccess } from '@mpics/eventing'

const MONGODB = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/

/** The tests' servers. Jest's set-up finds them: in the environment, else in the notes of `npm run servers`. */
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
