import { rm } from 'node:fs/promises'
import { Listr } from 'listr2'
import { claimPort, freePort } from './free-port.js'
import { fetchKafka, startKafka } from './kafka.js'
import { startMailSink } from './mail-sink.js'
import { fetchMongod, startMongod } from './mongodb.js'
import { fetchObjectStore, OBJECT_STORE_KEYS, startObjectStore } from './object-store.js'
import type { Supervised } from './supervised.js'

export interface StackOptions {
  /** Data and logs; kept between starts. */
  folder: string
  /** Empty the data first. */
  fresh?: boolean
  /** Free ports instead of the usual ones, and settings that suit tests. */
  forTests?: boolean
  env?: NodeJS.ProcessEnv
  say?: (line: string) => void
  /** No progress lines. */
  silent?: boolean
}

export type ServerName = 'mongodb' | 'kafka' | 's3' | 'mail'

/** Where the servers are: started here, or attached to. */
export interface StackAddresses {
  mongodbUri: string
  kafkaBrokers: string
  s3Endpoint: string
  s3AccessKey: string
  s3SecretKey: string
  smtpUrl: string
  /** Only where the mail sink is ours. */
  mailApi?: string
}

export interface Stack {
  addresses: StackAddresses
  /** Only those that were started here. */
  servers: Partial<Record<ServerName, Supervised>>
  stop(): Promise<void>
}

const USUAL = { MONGODB_PORT: 27018, KAFKA_PORT: 9092, S3_PORT: 7070, SMTP_PORT: 1025, MAIL_WEB_PORT: 1080 } as const

/** Brings up what is not configured; what is, is attached to and never started here. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const env = options.env ?? process.env
  if (options.fresh) await rm(options.folder, { recursive: true, force: true })
  const port = (variable: keyof typeof USUAL, what: string) =>
    options.forTests ? freePort() : claimPort(Number(env[variable] ?? USUAL[variable]), what, variable)
  const servers: Stack['servers'] = {}
  const addresses: StackAddresses = {
    mongodbUri: env['MONGODB_URI'] ?? '',
    kafkaBrokers: env['KAFKA_BROKERS'] ?? '',
    s3Endpoint: env['S3_ENDPOINT'] ?? '',
    s3AccessKey: env['S3_ACCESS_KEY'] ?? OBJECT_STORE_KEYS.accessKey,
    s3SecretKey: env['S3_SECRET_KEY'] ?? OBJECT_STORE_KEYS.secretKey,
    smtpUrl: env['SMTP_URL'] ?? '',
    mailApi: env['MAIL_API'],
  }
  const failures: unknown[] = []
  const stop = async () => {
    await Promise.all(Object.values(servers).map((s) => s.stop()))
  }
  const common = { folder: options.folder, forTests: options.forTests, say: options.say }
  const task = (title: string, attached: string, fetchIt: () => Promise<unknown>, start: () => Promise<void>) => ({
    title,
    task: async (_: unknown, line: { title: string }) => {
      if (attached) return void (line.title = `${title}: attached to what is configured`)
      await fetchIt()
      await start()
      line.title = `${title}: ready`
    },
  })
  const tasks = new Listr(
    [
      task('MongoDB', addresses.mongodbUri, fetchMongod, async () => {
        const { process, uri } = await startMongod({ ...common, port: await port('MONGODB_PORT', 'MongoDB') })
        Object.assign(servers, { mongodb: process })
        addresses.mongodbUri = uri
      }),
      task('Kafka', addresses.kafkaBrokers, fetchKafka, async () => {
        const { process, brokers } = await startKafka({ ...common, port: await port('KAFKA_PORT', 'Kafka') })
        Object.assign(servers, { kafka: process })
        addresses.kafkaBrokers = brokers
      }),
      task('S3', addresses.s3Endpoint, fetchObjectStore, async () => {
        const { process, endpoint } = await startObjectStore({ ...common, port: await port('S3_PORT', 'S3') })
        Object.assign(servers, { s3: process })
        addresses.s3Endpoint = endpoint
      }),
      task(
        'mail sink',
        addresses.smtpUrl,
        async () => undefined,
        async () => {
          const ports = { port: await port('SMTP_PORT', 'SMTP'), webPort: await port('MAIL_WEB_PORT', 'the mail sink') }
          const { process, smtpUrl, api } = await startMailSink({ ...common, ...ports })
          Object.assign(servers, { mail: process })
          addresses.smtpUrl = smtpUrl
          addresses.mailApi = api
        },
      ),
    ],
    {
      concurrent: true,
      exitOnError: false,
      renderer: options.silent ? 'silent' : process.stdout.isTTY ? 'default' : 'simple',
    },
  )
  await tasks.run()
  if (failures.length) {
    await stop()
    throw failures[0]
  }
  return { addresses, servers, stop }
}
