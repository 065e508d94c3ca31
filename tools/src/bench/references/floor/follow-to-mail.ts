// The least that loses no mail and sends none twice: an outbox in the follow's document, a relay, and a record of each delivery.
import { closeMongo, connectMongo } from '@mpics/mongo'
import { bareEventToMail } from '../event-to-mail.js'

interface Follow {
  _id: string
  outbox: string[]
}

const durable = { writeConcern: { w: 'majority' } } as const

export async function floorFollowToMail(uri: string, brokers: string, topic: string, smtpUrl: string) {
  const connection = await connectMongo(uri)
  const follows = connection.db!.collection<Follow>('floor_follows')
  const deliveries = connection.db!.collection<{ _id: string; sent: boolean }>('floor_deliveries')
  const mails = await bareEventToMail(brokers, topic, smtpUrl, async (key, send) => {
    await deliveries.insertOne({ _id: key, sent: false }, durable)
    await send()
    await deliveries.updateOne({ _id: key }, { $set: { sent: true } }, durable)
  })
  const saved = follows.watch([{ $match: { operationType: 'insert' } }], { maxAwaitTimeMS: 5_000 })
  const relaying = (async () => {
    for await (const { documentKey } of saved as AsyncIterable<{ documentKey: { _id: string } }>) {
      const { _id } = documentKey
      void mails.call(_id)
      void follows.updateOne({ _id }, { $set: { outbox: [] } })
    }
  })().catch(() => undefined)
  return {
    call: (key: string) => follows.insertOne({ _id: key, outbox: [key] }, durable),
    stop: async () => {
      await saved.close()
      await relaying
      await mails.stop()
      await closeMongo(connection)
    },
  }
}
