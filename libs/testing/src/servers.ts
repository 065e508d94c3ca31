import type { KafkaAccess } from '@mpics/eventing'

/** The servers that tests use: those of the environment, else those that `npm test` starts. */
export function servers() {
  const { env } = process
  const mongodb = env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27118/?replicaSet=rs0'
  return {
    mongodbUri: (database: string) => mongodb.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${database}`),
    kafkaBrokers: env['KAFKA_BROKERS'] ?? '127.0.0.1:19092',
    s3Endpoint: env['S3_ENDPOINT'] ?? 'http://127.0.0.1:17070',
    s3AccessKey: env['S3_ACCESS_KEY'] ?? 'mpics',
    s3SecretKey: env['S3_SECRET_KEY'] ?? 'mpics-local-secret',
    s3Region: env['S3_REGION'] ?? 'us-east-1',
    smtpUrl: env['SMTP_URL'] ?? 'smtp://127.0.0.1:11025',
    mailApi: env['MAIL_API'] ?? 'http://127.0.0.1:11080',
  }
}

export const kafkaAccess = (prefix: string): KafkaAccess & { prefix: string } => ({
  brokers: servers().kafkaBrokers.split(','),
  prefix,
})
