/** Where the servers are: started here, or attached to. */
export interface StackAddresses {
  mongodbUri: string
  kafkaBrokers: string
  s3Endpoint: string
  s3AccessKey: string
  s3SecretKey: string
  smtpUrl: string
  /** Only where the mail sink is ours, or given. */
  mailApi?: string
}

export const OBJECT_STORE_KEYS = { accessKey: 'mpics', secretKey: 'mpics-local-secret' }

/** The addresses from the environment; '' for a server that is to be started here. */
export const configuredAddresses = (env: NodeJS.ProcessEnv): StackAddresses => ({
  mongodbUri: env['MONGODB_URI'] ?? '',
  kafkaBrokers: env['KAFKA_BROKERS'] ?? '',
  s3Endpoint: env['S3_ENDPOINT'] ?? '',
  s3AccessKey: env['S3_ACCESS_KEY'] ?? OBJECT_STORE_KEYS.accessKey,
  s3SecretKey: env['S3_SECRET_KEY'] ?? OBJECT_STORE_KEYS.secretKey,
  smtpUrl: env['SMTP_URL'] ?? '',
  mailApi: env['MAIL_API'],
})

/** The same as variables, for a process that attaches to these servers. */
export const asEnvironment = (addresses: StackAddresses): Record<string, string> => ({
  MONGODB_URI: addresses.mongodbUri,
  KAFKA_BROKERS: addresses.kafkaBrokers,
  S3_ENDPOINT: addresses.s3Endpoint,
  S3_ACCESS_KEY: addresses.s3AccessKey,
  S3_SECRET_KEY: addresses.s3SecretKey,
  SMTP_URL: addresses.smtpUrl,
  ...(addresses.mailApi && { MAIL_API: addresses.mailApi }),
})
