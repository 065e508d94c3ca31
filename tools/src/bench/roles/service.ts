import { MongoModule } from '@mpics/mongo'
import { EventingModule, type EventingSettings, EventServer } from '@mpics/eventing'
import { type INestApplication, Module, type Provider, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { databaseOf, type Place } from '../orders/place.js'

export interface ServiceParts {
  place: Place
  name: string
  eventing: Omit<EventingSettings, 'brokers'>
  providers?: Provider[]
  consumers?: Type[]
}

/** A service as the applications are: events in, events out. Nothing moves before it is initialised. */
export async function makeService({ place, name, eventing, providers, consumers }: ServiceParts) {
  @Module({
    imports: [
      MongoModule.forRoot(databaseOf(place, name), { poolSize: 32 }),
      EventingModule.forRoot({ ...eventing, brokers: place.brokers, prefix: place.prefix }),
    ],
    controllers: consumers,
    providers,
  })
  class Service {}
  return NestFactory.create(Service, new FastifyAdapter(), { logger: ['warn', 'error', 'fatal'] })
}

export async function startConsuming(app: INestApplication): Promise<void> {
  app.connectMicroservice({ strategy: app.get(EventServer) })
  await app.startAllMicroservices()
}
