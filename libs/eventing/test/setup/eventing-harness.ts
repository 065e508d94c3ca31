import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { MongoModule, Connection } from '@mpics/mongo'
import { type INestApplication, Module, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { Registry } from 'prom-client'
import {
  createTopics,
  DeadLetters,
  EventingModule,
  type EventingSettings,
  EventServer,
  EventWriter,
  type KafkaAccess,
} from '../../src/index.js'
import { withAdmin } from '../../src/topics/topics.js'
import { sampleCatalogue } from './sample-catalogue.js'

export interface Replica {
  app: INestApplication
  server: EventServer
  registry: Registry
  /** Everything published so far has been handled. */
  untilIdle(): Promise<void>
  stop(): Promise<void>
}

const MONGODB = process.env['MONGODB_URI']!
const BROKERS = process.env['KAFKA_BROKERS']!.split(',')

export async function eventually<T>(
  look: () => T | Promise<T>,
  ms = 120_000,
): Promise<Exclude<T, false | null | undefined>> {
  const until = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found) return found as Exclude<T, false | null | undefined>
    if (Date.now() > until) throw new Error(`waited ${ms} ms in vain for ${look.toString()}`)
    await delay(20)
  }
}

/** Topics, a database and replicas of one service, for one test file. */
export class EventingHarness {
  readonly access: KafkaAccess
  readonly mongoUri: string
  readonly deadLetters: DeadLetters
  writer: EventWriter
  private readonly replicas: Replica[] = []

  private constructor() {
    const name = `eventing-${randomUUID().slice(0, 8)}`
    this.access = { brokers: BROKERS, prefix: `${name}.` }
    const uri = new URL(MONGODB)
    uri.pathname = `/${name}`
    uri.searchParams.set('monitorCommands', 'true')
    this.mongoUri = uri.href
    this.deadLetters = new DeadLetters(this.access)
  }

  static async open(): Promise<EventingHarness> {
    const harness = new EventingHarness()
    await createTopics(harness.access, { catalogue: sampleCatalogue })
    harness.writer = await EventWriter.connect(harness.access)
    return harness
  }

  async replica(consumers: Type[], providers: Type[] = [], settings: Partial<EventingSettings> = {}): Promise<Replica> {
    const registry = new Registry()
    const eventing = { service: 'profiles' as const, ...this.access, registry, ...settings }
    @Module({
      imports: [MongoModule.forRoot(this.mongoUri), EventingModule.forRoot(eventing)],
      controllers: consumers,
      providers,
    })
    class SampleModule {}
    const app = await NestFactory.create(SampleModule, new FastifyAdapter(), { logger: false, abortOnError: false })
    const server = app.get(EventServer)
    app.connectMicroservice({ strategy: server })
    await app.init()
    await app.startAllMicroservices()
    const untilIdle = async () => {
      // a topic that was just created has a leader before that broker knows of it
      const lags = () => server.lag().catch(() => undefined)
      await eventually(async () => (await lags())?.every(({ lag }) => lag === 0))
    }
    const replica = { app, server, registry, untilIdle, stop: () => app.close() }
    this.replicas.push(replica)
    return replica
  }

  async connection(): Promise<Connection> {
    return this.replicas.at(-1)!.app.get(Connection)
  }

  /** Resolves when Kafka names a leader of each: nobody can write to one before. */
  async addPartitions(topic: string, count: number): Promise<void> {
    await withAdmin(this.access, async (admin) => {
      await admin.createPartitions({ topicPartitions: [{ topic, count }] })
      await eventually(async () => {
        const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
        return topics[0]!.partitions.filter(({ leader }) => leader >= 0).length === count
      })
    })
  }

  async close(): Promise<void> {
    const [last] = this.replicas
    await last?.app
      .get(Connection)
      .dropDatabase()
      .catch(() => undefined)
    await Promise.all(this.replicas.map((replica) => replica.stop().catch(() => undefined)))
    await this.writer.close()
    await withAdmin(this.access, async (admin) => {
      const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(this.access.prefix!))
      await admin.deleteTopics({ topics })
    })
  }
}

export async function metric(replica: Replica, name: string): Promise<number> {
  const found = await replica.registry.getSingleMetric(name)?.get()
  return (found?.values ?? []).reduce((sum, { value }) => sum + value, 0)
}
