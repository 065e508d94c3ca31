import { days, decide, defineEvent, defineTopic, field } from '@mpics/contracts'
import type { Catalogue } from '@mpics/eventing'
import { z } from 'zod'

const technical = <T extends z.ZodType>(schema: T) =>
  field(schema, { classification: 'technical', purpose: 'administration' })

export const orders = defineTopic({ name: 'bench.order', partitions: 6, retention: days(1), publishers: ['identity'] })

/** About as large as the facts of the services are. */
export const orderChanged = defineEvent({
  type: 'bench.order.changed.v1',
  topic: orders,
  summary: 'A customer has changed their mind.',
  key: 'orderId',
  data: { orderId: technical(z.string()), at: technical(z.number()), note: technical(z.string()) },
  example: { orderId: 'a', at: 0, note: 'no onions' },
})

export const catalogue: Catalogue = {
  topics: [orders],
  consumers: [
    { service: 'profiles', event: orderChanged, reaction: 'Handle', idempotence: 'natural', delivery: 'shared' },
  ],
}

/** About as large as the aggregates of the services are. */
export interface Order {
  id: string
  customer: string
  status: string
  address: string
  lines: string[]
  changes: number
  changedAt: Date
}

export const NOTE = 'x'.repeat(100)

export const newOrder = (id: string): Order => ({
  id,
  customer: 'c'.repeat(36),
  status: 'open',
  address: 'a street of some length, and a house in it',
  lines: ['first', 'second', 'third'].map((line) => line.padEnd(40, '.')),
  changes: 0,
  changedAt: new Date(),
})

/** `at`: when the change was accepted, on the clock that all processes of this machine share. */
export function change(order: Order, at: number, events = 1) {
  const next = { ...order, changes: order.changes + 1, changedAt: new Date() }
  return decide(next, ...Array.from({ length: events }, () => orderChanged.of({ orderId: order.id, at, note: NOTE })))
}
