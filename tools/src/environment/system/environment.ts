import type { StackAddresses } from '../servers/addresses.js'
import type { SecretStore } from './secrets.js'
import type { Variable } from './service-variables.js'
import { serviceNames, type Ports, type Service } from './services.js'

export interface SystemAddresses {
  stack: StackAddresses
  ports: Record<Service, Ports>
  publicUrl: string
  /** Before topics, groups, databases and the bucket; '' for npm start. */
  prefix: string
  /** Https where the services have certificates. */
  scheme?: 'http' | 'https'
}

/** `mongodb://h:p/?replicaSet=rs0` and a name: the URI of that database. */
export function databaseUri(uri: string, database: string): string {
  const [, before, options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*(\?.*)?$/.exec(uri) ?? []
  if (!before) throw new Error('MONGODB_URI is not a MongoDB address')
  return `${before}/${database}${options}`
}

const peerUrls = ({ ports, scheme = 'http' }: SystemAddresses) =>
  Object.fromEntries(
    serviceNames.map((name) => [`${name.toUpperCase()}_URL`, `${scheme}://127.0.0.1:${ports[name].http}`]),
  )

/** The bucket of this name that belongs to a system. */
export const bucket = ({ prefix }: Pick<SystemAddresses, 'prefix'>, name: string) =>
  `${prefix}${name}`.toLowerCase().replace(/[^a-z0-9-]/g, '-')

/** On one machine all services share the store's only key; elsewhere each has one of its own. */
const exportStore = (a: SystemAddresses) => ({
  EXPORTS_S3_ENDPOINT: a.stack.s3Endpoint,
  EXPORTS_S3_REGION: 'us-east-1',
  EXPORTS_S3_ACCESS_KEY: a.stack.s3AccessKey,
  EXPORTS_S3_SECRET_KEY: a.stack.s3SecretKey,
  EXPORTS_S3_BUCKET: bucket(a, 'million-pictures-exports'),
})

const own: Partial<Record<Service, (a: SystemAddresses, secrets: SecretStore) => Record<string, string>>> = {
  identity: (_, secrets) => ({
    IDENTITY_SIGNING_KEYS: JSON.stringify({ keys: secrets.secrets.signing }),
    IDENTITY_RECEIPT_KEYS: JSON.stringify({ keys: secrets.secrets.receipts }),
  }),
  media: (a) => ({
    MEDIA_S3_ENDPOINT: a.stack.s3Endpoint,
    MEDIA_S3_REGION: 'us-east-1',
    MEDIA_S3_ACCESS_KEY: a.stack.s3AccessKey,
    MEDIA_S3_SECRET_KEY: a.stack.s3SecretKey,
    MEDIA_S3_BUCKET: bucket(a, 'million-pictures'),
  }),
  analytics: (a) => ({
    ANALYTICS_S3_ENDPOINT: a.stack.s3Endpoint,
    ANALYTICS_S3_REGION: 'us-east-1',
    ANALYTICS_S3_ACCESS_KEY: a.stack.s3AccessKey,
    ANALYTICS_S3_SECRET_KEY: a.stack.s3SecretKey,
    ANALYTICS_S3_BUCKET: bucket(a, 'million-pictures-lake'),
  }),
  notifications: ({ stack }) => ({
    NOTIFICATIONS_SMTP_URL: stack.smtpUrl,
    NOTIFICATIONS_MAIL_FROM: 'Million Pictures <hello@millionpictures.example>',
  }),
}

/**
 * The whole environment of one service: only its own private key and secrets. A required secret that is not set otherwise
 * is a random value of this installation.
 */
export function serviceEnvironment(
  service: Service,
  variables: readonly Variable[],
  a: SystemAddresses,
  secrets: SecretStore,
): Record<string, string> {
  const known: Record<string, string> = {
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(a.ports[service].http),
    OPS_PORT: String(a.ports[service].ops),
    MONGODB_URI: databaseUri(a.stack.mongodbUri, `${a.prefix}${service}`.replace(/[^A-Za-z0-9_-]/g, '_')),
    KAFKA_BROKERS: a.stack.kafkaBrokers,
    KAFKA_PREFIX: a.prefix,
    PUBLIC_URL: a.publicUrl,
    INTERNAL_PRIVATE_KEY: JSON.stringify(secrets.secrets.internal[service]),
    INTERNAL_PUBLIC_KEYS: secrets.publicKeys(),
    OPERATOR_PUBLIC_KEYS: secrets.operatorKeys(),
    ...exportStore(a),
    ...peerUrls(a),
    ...own[service]?.(a, secrets),
  }
  const random = variables
    .filter((v) => v.required && v.secret && !(v.name in known))
    .map((v) => [v.name, secrets.random(v.name)])
  const wanted = new Set(variables.map((v) => v.name))
  return {
    ...Object.fromEntries(Object.entries(known).filter(([name]) => wanted.has(name))),
    ...Object.fromEntries(random),
  }
}
