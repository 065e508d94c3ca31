import { decide, type Decision, type Envelope, identity, media, type ServiceName } from '@mpics/contracts'
import {
  AggregateStore,
  EventConsumer,
  EventingModule,
  EventServer,
  type KafkaAccess,
  On,
  Outbox,
  PermanentError,
} from '@mpics/eventing'
import { Connection, MongoModule } from '@mpics/mongo'
import { type INestApplication, Injectable, type LoggerService, Module, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { Registry } from 'prom-client'

interface Picture {
  id: string
}

/** Publishes through the outbox. */
@Injectable()
export class Pictures extends AggregateStore<Picture> {
  constructor(connection: Connection, outbox: Outbox) {
    super(connection, { collection: 'pictures', schema: {}, outbox })
  }
}

export const taken = (id: string): Decision<Picture> =>
  decide({ id }, media.photoUploaded.of({ ...media.photoUploaded.example, photoId: id }))

/** Gives up the damaged picture once. */
@EventConsumer()
export class Decoder {
  static readonly decoded: string[] = []
  static damaged?: string

  @On(media.photoUploaded, { idempotence: 'natural' })
  async decode({ data }: Envelope<typeof media.photoUploaded>): Promise<void> {
    if (Decoder.damaged !== data.photoId) return void Decoder.decoded.push(data.photoId)
    Decoder.damaged = undefined
    throw new PermanentError('it cannot be decoded')
  }
}

/** Hears ended sessions as a gateway does. */
@EventConsumer()
export class Door {
  static readonly closed: string[] = []

  @On(identity.sessionRevoked, { idempotence: 'natural', delivery: 'every-replica' })
  async close({ data }: Envelope<typeof identity.sessionRevoked>): Promise<void> {
    Door.closed.push(data.sessionId)
  }
}

export interface Part {
  app: INestApplication
  registry: Registry
  /** Warnings and errors. */
  said: string[]
}

export interface PartOptions {
  service: ServiceName
  access: KafkaAccess
  mongodb?: string
  consumers?: Type[]
  providers?: Type[]
}

/** A part of a service: its events, over the access that it is given. */
export async function startPart({ service, access, mongodb, consumers, providers }: PartOptions): Promise<Part> {
  const registry = new Registry()
  const database = mongodb ? [MongoModule.forRoot(mongodb)] : []
  @Module({
    imports: [...database, EventingModule.forRoot({ service, ...access, registry })],
    controllers: consumers,
    providers,
  })
  class Studio {}
  const said: string[] = []
  const keep = (text: unknown) => void said.push(String(text))
  const logger: LoggerService = { log: () => undefined, warn: keep, error: keep, fatal: keep }
  const app = await NestFactory.create(Studio, new FastifyAdapter(), { logger, abortOnError: false })
  app.connectMicroservice({ strategy: app.get(EventServer) })
  await app.startAllMicroservices()
  await app.init()
  return { app, registry, said }
}
