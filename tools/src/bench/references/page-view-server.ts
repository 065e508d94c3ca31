// The least that does the same durable work: a Fastify route that answers 202 once Kafka has acknowledged the record.
import Fastify from 'fastify'
import kafkajs from 'kafkajs'
import './no-negative-timers.js'

process.once('disconnect', () => process.exit())
const [brokers, topic, port] = process.argv.slice(2) as [string, string, string]
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
await producer.connect()

const app = Fastify()
app.post<{ Body: { record: { key: string; value: string } } }>('/', async (request, reply) => {
  await producer.send({ topic, acks: -1, messages: [request.body.record] })
  return reply.code(202).send()
})
await app.listen({ port: Number(port), host: '127.0.0.1' })
