import { decide } from '@mpics/contracts'
import { Outbox, type Versioned } from '@mpics/eventing'
import { Registry } from 'prom-client'
import type { Place } from '../orders/place.js'
import { sharedNow } from '../measuring/clock.js'
import { closedLoop } from '../measuring/measure.js'
import { change, newOrder, type Order } from '../orders/orders.js'
import { accept, type Load } from './accept.js'
import { answer, settings } from './answer.js'
import { OrderStore } from './order-store.js'
import { makeService } from './service.js'

interface Settings {
  place: Place
  /** Documents of this replica alone begin with it. */
  name: string
  documents: number
  /** Long where the process will be stopped for a while. */
  leaseMs?: number
}

const { place, name, documents, leaseMs } = settings<Settings>()
const TOGETHER = 200
const SAVERS = 4
const registry = new Registry()
const app = await makeService({
  place,
  name: 'producing',
  eventing: { service: 'identity', registry, ...(leaseMs && { relay: { leaseMs } }) },
  providers: [OrderStore],
})
const store = app.get(OrderStore)
const idOf = (n: number) => `${name}-${n % documents}`
const notFound = () => new Error('no such order') as never
const current: Versioned<Order>[] = []

/** Where no other process saves these documents, what was saved last need not be read. */
async function save(n: number, events: number): Promise<void> {
  const order = current[n % documents]!
  const decision = change(order, sharedNow(), events)
  await store.save(order, decision)
  current[n % documents] = { ...decision.state, version: order.version + Math.max(1, events) }
}

async function saveTogether(from: number, to: number, events: number): Promise<void> {
  const changes = Array.from({ length: to - from }, (_, i) => {
    const order = current[(from + i) % documents]!
    return { current: order, decision: change(order, sharedNow(), events) }
  })
  await store.saveMany(changes)
  for (const { current: order, decision } of changes)
    current[Number(order.id.split('-')[1])] = { ...decision.state, version: order.version + Math.max(1, events) }
}

answer({
  /** Before it relays: a relay would publish nothing of this. */
  fill: async () => {
    const orders = Array.from({ length: documents }, (_, n) => newOrder(idOf(n)))
    for (let n = 0; n < documents; n += TOGETHER)
      await store.saveMany(orders.slice(n, n + TOGETHER).map((state) => ({ current: null, decision: decide(state) })))
    for (const [n, state] of orders.entries()) current[n] = { ...state, version: 1 }
  },
  relay: async () => {
    await app.init()
  },
  accept: (load: Load) => accept(load, (n, at) => store.change(idOf(n), (order) => change(order, at), notFound)),
  /** Saves until the given number of events is made, many saves in a request. */
  saves: async ({ events, perSave }: { events: number; perSave: number }) => {
    let next = 0
    const saver = async () => {
      while (next < events / perSave) {
        const from = next
        next = Math.min(from + TOGETHER, events / perSave)
        await saveTogether(from, next, perSave)
      }
    }
    await Promise.all(Array.from({ length: SAVERS }, saver))
  },
  loop: ({ perSave, callers, ms }: { perSave: number; callers: number; ms: number }) =>
    closedLoop((n) => save(n, perSave), { callers, ms }),
  clear: async () => {
    await store.model.updateMany({}, { $unset: { _outbox: 1 } })
  },
  published: async () => {
    const metric = await registry.getSingleMetric('events_published_total')?.get()
    return { count: metric?.values[0]?.value ?? 0, at: sharedNow() }
  },
  pending: () => app.get(Outbox).pending(),
  stop: () => app.close(),
})
