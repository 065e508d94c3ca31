// kafkajs and nodemailer alone: a record becomes a mail.
import kafkajs from 'kafkajs'
import nodemailer from 'nodemailer'
import { answer, settings } from '../roles/answer.js'
import './no-negative-timers.js'

/** What a mail says, to whomever it goes. */
export interface SentMail {
  text: string
  html: string
}

interface Settings {
  brokers: string
  topic: string
  smtpUrl: string
  mail: SentMail
}

const { brokers, topic, smtpUrl, mail } = settings<Settings>()
const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
const consumer = kafka.consumer({ groupId: `bench-${Date.now()}`, maxWaitTimeInMs: 100 })
const smtp = nodemailer.createTransport(`${smtpUrl}?pool=true`)
const waiting = new Map<string, () => void>()
await Promise.all([producer.connect(), consumer.connect()])
await consumer.subscribe({ topic })
await consumer.run({
  eachMessage: async ({ message }) => {
    const key = message.key?.toString() ?? ''
    if (!waiting.has(key)) return
    await smtp.sendMail({
      ...mail,
      from: 'bench@example.org',
      to: `${key}@example.org`,
      subject: `${key} follows you`,
    })
    waiting.get(key)?.()
  },
})

answer({
  /** Answers when the mail server has taken it. */
  mail: (key: string) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(key, resolve)
      producer
        .send({ topic, acks: -1, messages: [{ key, value: JSON.stringify({ followerId: key, followedId: key }) }] })
        .catch(reject)
    }),
  stop: async () => {
    smtp.close()
    await Promise.all([producer.disconnect(), consumer.disconnect()])
  },
})
