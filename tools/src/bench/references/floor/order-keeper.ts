// The least that changes an order and tells of it: its document holds its events until Kafka has them. Whoever relays first tells what a process that died
// did not, and ends where Kafka or MongoDB refuses.
import { randomUUID } from 'node:crypto'
import { connectMongo } from '@mpics/mongo'
import type { mongo } from 'mongoose'
import { change, newOrder, orderChanged, orders as topicOfOrders, type Order } from '../../orders/orders.js'
import { databaseOf, type Place } from '../../orders/place.js'
import { recordOf, type Told } from '../../orders/record.js'
import { accept, type Load } from '../../roles/accept.js'
import { answer, settings } from '../../roles/answer.js'
import { bus } from './bus.js'
import { moments } from './moments.js'

type Stored = Omit<Order, 'id'> & { _id: string; version: number; outbox: Record<string, Told> }

/** Removals of so long go together. */
const REMOVED_MS = 100

const { place, name, documents } = settings<{ place: Place; name: string; documents: number }>()
const topic = place.prefix + topicOfOrders.name
const connection = await connectMongo(databaseOf(place, 'floor'), { poolSize: 32 })
const orders = connection.db!.collection<Stored>('orders')
const producer = bus(place.brokers.join()).producer()

async function save(id: string, at: number): Promise<void> {
  const order = await orders.findOne({ _id: id }, { projection: { outbox: 0 } })
  if (!order) throw new Error('no such order')
  const { _id, version, ...rest } = order
  const { state, events } = change({ id: _id, ...rest }, at)
  const sequence = version + 1
  const data = events[0]!.data as typeof orderChanged.example
  const { changes, changedAt } = state
  const told: Told = { id: randomUUID(), time: changedAt, sequence, data }
  const changed = { changes, changedAt, version: sequence, [`outbox.${sequence}`]: told }
  const { matchedCount } = await orders.updateOne({ _id: id, version }, { $set: changed })
  if (matchedCount === 0) await save(id, at)
}

const publish = moments(async (told: Told[]) => {
  await producer.send({ topic, acks: -1, messages: told.map(recordOf) })
  remove(...told).catch(end)
})

const remove = moments(async (told: Told[]) => {
  const removed = told.map(({ data, sequence }) => ({
    updateOne: { filter: { _id: data.orderId }, update: { $unset: { [`outbox.${sequence}`]: '' as const } } },
  }))
  await orders.bulkWrite(removed, { ordered: false })
}, REMOVED_MS)

async function relay(): Promise<void> {
  const saved = [
    { $match: { 'updateDescription.updatedFields.version': { $exists: true } } },
    { $project: { 'updateDescription.updatedFields': 1, operationType: 1 } },
  ]
  const changes = orders.watch(saved, { maxAwaitTimeMS: 5_000 })
  await changes.tryNext()
  for await (const { outbox } of orders.find({ outbox: { $gt: {} } }, { projection: { outbox: 1 } }))
    await publish(...Object.values(outbox))
  for await (const change of changes) publish(...newIn(change)).catch(end)
}

function newIn(change: mongo.ChangeStreamDocument<Stored>): Told[] {
  if (change.operationType !== 'update') return []
  const fields = Object.entries(change.updateDescription.updatedFields ?? {})
  return fields.flatMap(([field, value]) => (field.startsWith('outbox.') ? [value as unknown as Told] : []))
}

function end(error: unknown): never {
  console.error(error)
  process.exit(1)
}

answer({
  fill: async () => {
    const ids = Array.from({ length: documents }, (_, n) => `${name}-${n}`)
    const stored = ids.map(newOrder).map(({ id, ...order }) => ({ ...order, _id: id, version: 1, outbox: {} }))
    await orders.insertMany(stored)
  },
  relay: async () => {
    await producer.connect()
    relay().catch(end)
  },
  accept: (load: Load) => accept(load, (n, at) => save(`${name}-${n % documents}`, at)),
  stop: () => producer.disconnect(),
})
