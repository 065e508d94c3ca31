// Nest's own Kafka server, as its documentation starts it, with the same handler.
import { setTimeout as delay } from 'node:timers/promises'
import { Controller, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { EventPattern, type MicroserviceOptions, Payload, Transport } from '@nestjs/microservices'
import kafkajs from 'kafkajs'
import type { Place } from '../orders/place.js'
import { sharedNow } from '../measuring/clock.js'
import { orders } from '../orders/orders.js'
import { answer, settings } from '../roles/answer.js'
import { Handled } from '../roles/handled.js'
import './no-negative-timers.js'

const { place, handler, partitions } = settings<{ place: Place; handler: number; partitions: number }>()
const handled = new Handled()

@Controller()
class Handle {
  @EventPattern(place.prefix + orders.name)
  async handle(@Payload() data: object): Promise<void> {
    if (handler > 0) await delay(handler)
    handled.add((data as { at: number }).at, sharedNow())
  }
}

@Module({ controllers: [Handle] })
class Service {}

const app = await NestFactory.createMicroservice<MicroserviceOptions>(Service, {
  logger: false,
  transport: Transport.KAFKA,
  options: {
    client: { brokers: place.brokers, logLevel: kafkajs.logLevel.NOTHING },
    consumer: { groupId: `${place.prefix}nest-${partitions}` },
    subscribe: { fromBeginning: true },
    run: { partitionsConsumedConcurrently: partitions },
  },
})
await app.listen()
answer({ ...handled.commands, stop: () => app.close() })
