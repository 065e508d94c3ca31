// The least that loses no mail, and sends one twice only where it dies while that goes out: a record of each delivery, beside which it asks who gets
// it, who follows, and whether it may go.
import { hash } from 'node:crypto'
import { connectMongo } from '@mpics/mongo'
import Fastify from 'fastify'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import nodemailer from 'nodemailer'
import { Pool } from 'undici'
import { settings } from '../../roles/answer.js'
import type { SentMail } from '../event-to-mail.js'
import { serve } from '../serve.js'
import type { Answer } from './answer.js'
import { bus } from './bus.js'
import { minting } from '../tokens.js'

interface Settings {
  uri: string
  brokers: string
  topic: string
  services: Record<'identity' | 'profiles', string>
  privateKey: JWK
  smtpUrl: string
  mail: SentMail
}

const { uri, brokers, topic, services, privateKey, smtpUrl, mail } = settings<Settings>()
const signer = (await importJWK(privateKey, 'ES256')) as CryptoKey
const db = (await connectMongo(uri)).db!
const deliveries = db.collection<{ _id: string; sent: boolean }>('floor_deliveries')
const durable = { writeConcern: { w: 'majority' } } as const
const smtp = nodemailer.createTransport(`${smtpUrl}?pool=true`)
const kafka = bus(brokers)
const consumer = kafka.consumer(`${topic}-floor`, 100)

const peer = (name: keyof Settings['services'], kind: string) => {
  const [pool, authorization] = [new Pool(services[name], { connections: 32 }), minting(signer, name)]
  return async (id: string) => {
    const headers = { authorization: await authorization() }
    const answer = await pool.request({ method: 'GET', path: `/${kind}/_id/${id}`, headers })
    const [found] = (await answer.body.json()) as Answer
    if (!found) throw new Error(`${name} knows no ${id}`)
    return found
  }
}
const [identity, profiles] = [peer('identity', 'recipient'), peer('profiles', 'card')]
/** Whoever erases keeps a hash of the id. */
const entryOf = (id: string) => hash('sha256', `erased ${id}`, 'base64url')
const erasedAmong = (ids: string[]) =>
  db.collection<{ _id: string }>('_erased').findOne({ _id: { $in: ids.map(entryOf) } })
const choicesOf = (_id: string) => db.collection<{ _id: string }>('settings').findOne({ _id })
/** One that was begun before, and not sent, is sent now. */
const delivery = (_id: string) =>
  deliveries.findOneAndUpdate(
    { _id },
    { $setOnInsert: { sent: false } },
    { upsert: true, returnDocument: 'after', ...durable },
  )

await consumer.connect()
await consumer.subscribe({ topic, fromBeginning: true })
await consumer.run({
  eachMessage: async ({ message }) => {
    const _id = message.key!.toString()
    const { followerId = '', followedId = '' } = JSON.parse(message.value!.toString()) as Record<string, string>
    const [recipient, follower, erased, choices, begun] = await Promise.all([
      identity(followedId),
      profiles(followerId),
      erasedAmong([followerId, followedId]),
      choicesOf(followedId),
      delivery(_id),
    ])
    if (erased || choices || begun!.sent) return
    const subject = `${String(follower['fullName'])} follows you`
    await smtp.sendMail({ ...mail, from: 'bench@example.org', to: String(recipient['email']), subject })
    await deliveries.updateOne({ _id }, { $set: { sent: true } }, durable)
  },
})
await serve(Fastify())
