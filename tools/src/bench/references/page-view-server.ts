// The least that does the same durable work: a Fastify route that answers 202 once Kafka has acknowledged what was posted.
import Fastify from 'fastify'
import kafkajs from 'kafkajs'
import { settings } from '../roles/answer.js'
import './no-negative-timers.js'
import { serve } from './serve.js'

const { brokers, topic } = settings<{ brokers: string; topic: string }>()
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
await producer.connect()

const app = Fastify()
app.post<{ Body: { records: kafkajs.Message[] } }>('/', async (request, reply) => {
  await producer.send({ topic, acks: -1, messages: request.body.records })
  return reply.code(202).send()
})
await serve(app)
