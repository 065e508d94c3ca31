import { DEFAULT_SITE, type ServiceName, services } from '@mpics/contracts'
import { isEncryptedUri } from '@mpics/mongo'
import { z } from 'zod'
import { type KeySet, parseKeySet, parsePrivateKey } from './keys.js'
import { httpsWire } from './wire.js'

export const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard)
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true')

const parsedBy = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })

/** Variables of every service, the gateway included. */
export const statelessConfig = {
  HTTP_HOST: z.string().default('127.0.0.1').meta({ description: 'address to listen on; 0.0.0.0 in a container' }),
  HTTP_PORT: port(0).meta({ description: 'port of the service; 0 takes a free one' }),
  OPS_PORT: port(0).meta({ description: 'port of /healthz, /readyz, /metrics and /projections; not for the public' }),
  KAFKA_BROKERS: z
    .string()
    .regex(/^\s*[^\s,:]+:\d+(\s*,\s*[^\s,:]+:\d+)*\s*$/, 'expected host:port, separated by commas')
    .transform((text) => text.split(',').map((broker) => broker.trim()))
    .meta({ description: 'Kafka brokers as host:port, separated by commas' }),
  KAFKA_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]*$/)
    .default('')
    .meta({ description: 'put before every topic and group, to share a cluster' }),
  KAFKA_TLS: flag.meta({
    description: 'encrypt the connection to Kafka',
    wire: { isEncrypted: (tls: unknown) => tls === true, mend: 'the value true' },
  }),
  KAFKA_TLS_CA: z.string().optional().meta({ description: 'certificate authority of the brokers, as PEM' }),
  KAFKA_SASL_MECHANISM: z
    .enum(['scram-sha-256', 'scram-sha-512'])
    .default('scram-sha-512')
    .meta({ description: 'how to log in to Kafka' }),
  KAFKA_SASL_USERNAME: z.string().optional().meta({ description: 'Kafka principal of the service; unset: no log-in' }),
  KAFKA_SASL_PASSWORD: z.string().optional().meta({ description: 'its password', secret: true }),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default(DEFAULT_SITE)
    .meta({
      description: 'where people reach the site; links in mails and the addresses of schemas begin with it',
      wire: null,
    }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .meta({ description: 'least severe log line to write' }),
  INTERNAL_PRIVATE_KEY: parsedBy(parsePrivateKey).meta({
    description:
      'key that signs this service’s calls: an ES256 JWK whose kid is the service’s name. While it is replaced, a JWK set: the first one signs',
    secret: true,
  }),
  INTERNAL_PUBLIC_KEYS: parsedBy(parseKeySet).meta({
    description: 'JWK set with the public keys of all services; a service that is changing its key has several',
  }),
  INTERNAL_TLS_CA_FILE: z.string().optional().meta({
    description:
      'file with the certificates (PEM) of the authorities inside; also Kafka, MongoDB, the object store and the mail server may have theirs from them',
  }),
  INTERNAL_TLS_CERTIFICATE_FILE: z.string().optional().meta({
    description: 'file with this service’s certificate (PEM), shown to callers and callees; unset: HTTP without TLS',
  }),
  INTERNAL_TLS_KEY_FILE: z.string().optional().meta({ description: 'file with the key of that certificate (PEM)' }),
  INTERNAL_TLS_REQUIRED: flag.meta({
    description: 'true: the service does not start while a way to another server is not encrypted',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional().meta({
    description: 'where traces go, by OTLP; unset: no traces',
    wire: httpsWire,
  }),
}

/** Variables of every service with a database. */
export const commonConfig = {
  ...statelessConfig,
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/,
      'expected mongodb://host:port/database, with the name of this service’s database',
    )
    .meta({
      description: 'MongoDB, a replica set, with this service’s database in the path',
      secret: true,
      wire: { isEncrypted: isEncryptedUri, mend: 'tls=true and nothing that turns off checks of certificates' },
    }),
  OPERATOR_PUBLIC_KEYS: parsedBy(parseKeySet).optional().meta({
    description:
      'JWK set with the public keys of each operator, whose kid is their name; unset: nobody may give orders',
  }),
}

const serviceUrl = (service: ServiceName) =>
  z
    .url({ protocol: /^https?$/ })
    .default(`http://127.0.0.1:${services[service].ports.http}`)
    .meta({ description: `where ${service} listens`, wire: httpsWire })

type PeerUrls<S extends ServiceName> = {
  [P in (typeof services)[S]['peers'][number] as `${Uppercase<P>}_URL`]: ReturnType<typeof serviceUrl>
}

/** Addresses of the services that this one calls; the contracts list them. */
export const peerUrlsOf = <S extends ServiceName>(service: S): PeerUrls<S> =>
  Object.fromEntries(
    services[service].peers.map((peer) => [`${peer.toUpperCase()}_URL`, serviceUrl(peer)]),
  ) as unknown as PeerUrls<S>

type CommonValues = z.output<z.ZodObject<typeof statelessConfig>> & {
  readonly MONGODB_URI?: string
  readonly OPERATOR_PUBLIC_KEYS?: KeySet
}
const Values = Object as unknown as abstract new () => CommonValues

/** The common part of every service's configuration; the kit injects it. */
export abstract class CommonConfig extends Values {}
