// The least program that does with the same libraries what a service does before it is ready: it reaches MongoDB, can publish, and has joined
// its topics. It has no contracts, checks, outbox, metrics of its own or calls.
import { connectMongo } from '@mpics/mongo'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type CustomTransportStrategy, Server } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import kafkajs from 'kafkajs'
import { pino } from 'pino'
import { collectDefaultMetrics } from 'prom-client'
import { z } from 'zod'
import { settings } from '../roles/answer.js'
import './no-negative-timers.js'
import { serve } from './serve.js'

const place = z.strictObject({ uri: z.string(), brokers: z.array(z.string()), topics: z.array(z.string()) })
const { uri, brokers, topics } = place.parse(settings())
const log = pino({ level: 'silent' })
collectDefaultMetrics()
await connectMongo(uri)
const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })

class Events extends Server implements CustomTransportStrategy {
  private readonly producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  private readonly consumer = kafka.consumer({ groupId: `bare-service-${process.pid}`, maxWaitTimeInMs: 1_500 })

  async listen(started: () => void): Promise<void> {
    await Promise.all([this.producer.connect(), this.consumer.connect()])
    await this.consumer.subscribe({ topics })
    const joined = new Promise((resolve) => this.consumer.on(this.consumer.events.GROUP_JOIN, resolve))
    await this.consumer.run({ eachMessage: ({ topic }) => Promise.resolve(log.info(topic)) })
    await joined
    started()
  }

  close = () => Promise.all([this.producer.disconnect(), this.consumer.disconnect()])
  on = () => undefined
  unwrap<T>(): T {
    return this.consumer as T
  }
}

@Module({})
class Service {}

const app = await NestFactory.create<NestFastifyApplication>(Service, new FastifyAdapter(), { logger: false })
app.connectMicroservice({ strategy: new Events() })
await app.init()
await app.startAllMicroservices()
await serve(app.getHttpAdapter().getInstance())
