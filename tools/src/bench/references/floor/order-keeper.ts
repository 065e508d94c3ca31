// The least that changes an order and tells of it: its document holds its events until Kafka has them.
import { connectMongo } from '@mpics/mongo'
import kafkajs from 'kafkajs'
import { change, newOrder, orderChanged, orders as topicOfOrders, type Order } from '../../orders/orders.js'
import { databaseOf, type Place } from '../../orders/place.js'
import { accept, type Load } from '../../roles/accept.js'
import { answer, settings } from '../../roles/answer.js'
import '../no-negative-timers.js'
import { moments } from './moments.js'

type Told = typeof orderChanged.example & { sequence: number }
type Stored = Omit<Order, 'id'> & { _id: string; version: number; outbox: Record<string, Told> }

/** Removals of so long go together. */
const REMOVED_MS = 100

const { place, name, documents } = settings<{ place: Place; name: string; documents: number }>()
const topic = place.prefix + topicOfOrders.name
const connection = await connectMongo(databaseOf(place, 'floor'), { poolSize: 32 })
const orders = connection.db!.collection<Stored>('orders')
const kafka = new kafkajs.Kafka({ brokers: place.brokers, logLevel: kafkajs.logLevel.NOTHING })
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })

async function save(id: string, at: number): Promise<void> {
  const order = await orders.findOne({ _id: id }, { projection: { outbox: 0 } })
  if (!order) throw new Error('no such order')
  const { _id, version, ...rest } = order
  const { state, events } = change({ id: _id, ...rest }, at)
  const sequence = version + 1
  const told = { ...(events[0]!.data as Told), sequence }
  const { changes, changedAt } = state
  const changed = { changes, changedAt, version: sequence, [`outbox.${sequence}`]: told }
  const { matchedCount } = await orders.updateOne({ _id: id, version }, { $set: changed })
  if (matchedCount === 0) await save(id, at)
}

const publish = moments(async (told: Told[]) => {
  const messages = told.map((event) => ({ key: event.orderId, value: JSON.stringify(event) }))
  await producer.send({ topic, acks: -1, messages })
  void remove(...told)
})

const remove = moments(async (told: Told[]) => {
  const removed = told.map(({ orderId, sequence }) => ({
    updateOne: { filter: { _id: orderId }, update: { $unset: { [`outbox.${sequence}`]: '' as const } } },
  }))
  await orders.bulkWrite(removed, { ordered: false })
}, REMOVED_MS)

async function relay(): Promise<void> {
  const saved = [
    { $match: { 'updateDescription.updatedFields.version': { $exists: true } } },
    { $project: { 'updateDescription.updatedFields': 1, operationType: 1 } },
  ]
  for await (const change of orders.watch(saved, { maxAwaitTimeMS: 5_000 })) {
    if (change.operationType !== 'update') continue
    const fields = Object.entries(change.updateDescription.updatedFields ?? {})
    void publish(...fields.flatMap(([field, value]) => (field.startsWith('outbox.') ? [value as unknown as Told] : [])))
  }
}

answer({
  fill: async () => {
    const ids = Array.from({ length: documents }, (_, n) => `${name}-${n}`)
    const stored = ids.map(newOrder).map(({ id, ...order }) => ({ ...order, _id: id, version: 1, outbox: {} }))
    await orders.insertMany(stored)
  },
  relay: async () => {
    await producer.connect()
    relay().catch((error: unknown) => {
      console.error(error)
      process.exit(1)
    })
  },
  accept: (load: Load) => accept(load, (n, at) => save(`${name}-${n % documents}`, at)),
  stop: () => producer.disconnect(),
})
