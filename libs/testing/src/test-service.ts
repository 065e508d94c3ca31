import { randomUUID } from 'node:crypto'
import type { Envelope, EventDefinition, NewEvent, ServiceName } from '@mpics/contracts'
import { consumers, topics } from '@mpics/contracts/catalogue'
import {
  createTopics,
  deleteTopics,
  EventServer,
  EventWriter,
  Outbox,
  readTopic,
  type ReadRecord,
  type WriteOptions,
} from '@mpics/eventing'
import { type CommonConfig, type ConfigClass, createApp, Health, listen, type Logger } from '@mpics/service-kit'
import type { Type } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { z } from 'zod'
import { type Client, clientOf, type TestMember } from './client.js'
import { dropDatabase } from './drop-database.js'
import { eventsIn } from './events-in.js'
import { eventually } from './eventually.js'
import { keys } from './keys.js'
import { kafkaAccess, servers } from './servers.js'

export interface TestServiceOptions {
  /** Overrides and adds to the default variables. */
  environment?: Record<string, string>
  /** Needed where the configuration's class name does not tell the service. */
  service?: ServiceName
  /** Topics to create; by default those that the service publishes to or hears. */
  topics?: 'own' | 'all'
  logger?: Logger
}

/** One service in this process with a database and a Kafka prefix of its own. */
export class TestService {
  private constructor(
    readonly service: ServiceName,
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly environment: Record<string, string>,
    private readonly writer: EventWriter,
  ) {}

  static async start<C extends CommonConfig>(
    module: Type,
    config: ConfigClass<C>,
    options: TestServiceOptions = {},
  ): Promise<TestService> {
    const service = options.service ?? serviceOf(config)
    const environment = environmentOf(service, options.environment)
    const access = kafkaAccess(environment['KAFKA_PREFIX']!)
    await createTopics(access, { catalogue: catalogueOf(service, options.topics ?? 'own') })
    const app = await createApp(module, new config(environment), options.logger)
    const url = await listen(app, 0, '127.0.0.1')
    await eventually('the service to be ready', async () => (await app.get(Health).ready()).ok)
    return new TestService(service, app, url, environment, await EventWriter.connect(access))
  }

  /** A client through the gateway: of a member, or of a stranger. */
  as(member?: TestMember): Client {
    return clientOf(this.url, this.service, 'gateway', member)
  }

  /** A client as another service is, for internal calls. */
  from(caller: ServiceName, onBehalfOf?: TestMember): Client {
    return clientOf(this.url, this.service, caller, onBehalfOf)
  }

  get<T>(type: Type<T>): T {
    return this.app.get(type, { strict: false })
  }

  /** Publishes a fact as its publisher would; resolves to the event's id. */
  publish(event: NewEvent, options?: WriteOptions): Promise<string> {
    return this.writer.event(event, options)
  }

  /** Writes any records, good or bad, to a topic of the catalogue. */
  publishRecords(topic: string, records: Parameters<EventWriter['records']>[1]): Promise<void> {
    return this.writer.records(topic, records)
  }

  /** All facts of one type that Kafka holds now, oldest first. */
  async events<S extends Record<string, z.ZodType>>(
    event: EventDefinition<S>,
  ): Promise<Envelope<EventDefinition<S>>[]> {
    return eventsIn(event, await this.records(event.topic.name))
  }

  /** All records that a topic holds now, in wire form; dead letters are at `deadLetterTopic(…)`. */
  records(topic: string): Promise<ReadRecord[]> {
    return readTopic(kafkaAccess(this.environment['KAFKA_PREFIX']!), topic)
  }

  /** Resolves when Kafka has every saved fact and the service has handled everything in Kafka. */
  async untilIdle(): Promise<void> {
    await eventually('the service to be idle', async () => (await this.isIdle()) && (await this.isIdle()))
  }

  /** Stops the service; the next one with the same `environment` finds its data. */
  async halt(): Promise<void> {
    await this.app.close()
    await this.writer.close()
  }

  /** Stops the service, and drops its database and its topics. */
  async stop(): Promise<void> {
    const { MONGODB_URI: uri } = this.environment
    await this.halt()
    if (uri) await dropDatabase(uri)
    await deleteTopics(kafkaAccess(this.environment['KAFKA_PREFIX']!))
  }

  private async isIdle(): Promise<boolean> {
    if ((await this.get(Outbox).pending()) > 0) return false
    return (await this.get(EventServer).lag()).every(({ lag }) => lag === 0)
  }
}

export const testService: typeof TestService.start = (module, config, options) =>
  TestService.start(module, config, options)

/** `class MediaConfig` is media's. */
function serviceOf(config: object): ServiceName {
  return (config as { name: string }).name.replace(/Config$/, '').toLowerCase() as ServiceName
}

/** `commandsOf` hears the driver's commands. */
const monitored = (uri: string) => `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`

function environmentOf(service: ServiceName, given: Record<string, string> = {}): Record<string, string> {
  const name = `test-${service}-${randomUUID().slice(0, 8)}`
  return {
    MONGODB_URI: monitored(servers().mongodbUri(name)),
    KAFKA_BROKERS: servers().kafkaBrokers,
    KAFKA_PREFIX: `${name}.`,
    INTERNAL_PRIVATE_KEY: keys().privateKey(service),
    INTERNAL_PUBLIC_KEYS: keys().publicKeys,
    EXPORTS_S3_ENDPOINT: process.env['S3_ENDPOINT'] ?? 'http://127.0.0.1:9',
    EXPORTS_S3_ACCESS_KEY: servers().s3AccessKey,
    EXPORTS_S3_SECRET_KEY: servers().s3SecretKey,
    EXPORTS_S3_BUCKET: 'test-exports',
    ANALYTICS_S3_ENDPOINT: process.env['S3_ENDPOINT'] ?? 'http://127.0.0.1:9',
    ANALYTICS_S3_ACCESS_KEY: servers().s3AccessKey,
    ANALYTICS_S3_SECRET_KEY: servers().s3SecretKey,
    ANALYTICS_S3_BUCKET: 'test-lake',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
    ...given,
  }
}

function catalogueOf(service: ServiceName, which: 'own' | 'all') {
  if (which === 'all') return { topics, consumers: consumers.filter((c) => c.service === service) }
  const heard = consumers.filter((c) => c.service === service)
  const names = new Set(heard.map(({ event }) => event.topic.name))
  return { topics: topics.filter((t) => t.publishers.includes(service) || names.has(t.name)), consumers: heard }
}
