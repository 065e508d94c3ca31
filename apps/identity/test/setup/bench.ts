import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { topics } from '@mpics/contracts'
import { createTopics, Outbox, type ReadRecord, readTopic } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Clock, createApp, createLogger } from '@mpics/service-kit'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { IdentityConfig } from '../../src/config.js'
import { IdentityModule } from '../../src/identity.module.js'
import { Caller } from './caller.js'
import { internalKeys, newKey, type Service, setOf } from './keys.js'

/** Resolves to the first value of `look` that is truthy. */
export async function eventually<T>(look: () => T | Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${String(look)}`)
    await delay(20)
  }
}

/** The service in this process, with a database and topics of its own. */
export class Bench {
  readonly clock: Clock
  readonly connection: Connection
  private constructor(
    readonly app: NestFastifyApplication,
    readonly access: { brokers: string[]; prefix: string },
    readonly logs: string[],
    private readonly url: string,
  ) {
    this.clock = app.get(Clock)
    this.connection = app.get<Connection>(Connection)
  }

  static async open(changes: Record<string, string> = {}): Promise<Bench> {
    const { MONGODB_URI = '', KAFKA_BROKERS = '' } = process.env
    const name = `identity${randomUUID().slice(0, 8)}`
    const database = new URL(MONGODB_URI)
    database.pathname = name
    const environment = {
      ...internalKeys('identity'),
      MONGODB_URI: database.href,
      KAFKA_BROKERS,
      KAFKA_PREFIX: `${name}.`,
      IDENTITY_SECRET: randomUUID(),
      IDENTITY_SIGNING_KEYS: setOf(newKey('now'), newKey('next')),
      IDENTITY_RECEIPT_KEYS: setOf(newKey('receipts')),
      ...changes,
    }
    const access = { brokers: KAFKA_BROKERS.split(','), prefix: environment.KAFKA_PREFIX }
    await createTopics(access)
    const logs: string[] = []
    const lines = new Writable({ write: (line: Buffer, _, done) => done(void logs.push(line.toString())) })
    const logger = createLogger('identity', 'trace', lines)
    const app = await createApp(IdentityModule, new IdentityConfig(environment), logger)
    await app.startAllMicroservices()
    await app.listen(0)
    return new Bench(app, access, logs, await app.getUrl())
  }

  /** Somebody whom the gateway lets through without a log-in. */
  get anybody(): Caller {
    return new Caller(this.url, 'gateway')
  }

  as(accountId: string, sessionId: string = randomUUID()): Caller {
    return new Caller(this.url, 'gateway', { accountId, sessionId, roles: ['member'] })
  }

  service(service: Service): Caller {
    return new Caller(this.url, service)
  }

  /** From now on it is so much later. */
  pass(ms: number): void {
    const at = this.clock.now().getTime() - Date.now() + ms
    this.clock.now = () => new Date(Date.now() + at)
  }

  /** Until every event is published. */
  async settled(): Promise<void> {
    await eventually(async () => (await this.app.get(Outbox).pending()) === 0)
  }

  async topic(name: string): Promise<ReadRecord[]> {
    await this.settled()
    return readTopic(this.access, name)
  }

  async events(
    type: string,
  ): Promise<{ key: string; headers: Record<string, string>; data: Record<string, unknown> }[]> {
    const records = await this.topic(type.split('.').slice(0, 2).join('.'))
    return records
      .filter(({ headers }) => String(headers['ce_type']) === type)
      .map(({ key, value, headers }) => ({
        key: String(key),
        headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])),
        data: JSON.parse(String(value)) as Record<string, unknown>,
      }))
  }

  collection(name: string) {
    return this.connection.collection<{ _id: string } & Record<string, unknown>>(name)
  }

  /** Everything that the service has written anywhere, as text. */
  async everything(): Promise<string> {
    const collections = (await this.connection.db?.listCollections().toArray()) ?? []
    const documents = await Promise.all(
      collections.filter(({ type }) => type === 'collection').map(({ name }) => this.collection(name).find().toArray()),
    )
    const records = await Promise.all(
      topics.filter(({ publishers }) => publishers.includes('identity')).map(({ name }) => this.topic(name)),
    )
    const texts = records
      .flat()
      .map(({ key, value, headers }) => `${String(key)}${String(value)}${JSON.stringify(headers)}`)
    return [JSON.stringify(documents), ...texts, ...this.logs].join('\n')
  }

  async close(): Promise<void> {
    await this.connection.db?.dropDatabase()
    await this.app.close()
  }
}
