import { after, compacted, days, defineEvent, defineTopic, field, type TopicDefinition } from '@mpics/contracts'
import { z } from 'zod'
import type { Catalogue } from '../../src/index.js'

const technical = <T extends z.ZodType>(schema: T) =>
  field(schema, { classification: 'technical', purpose: 'administration' })

const topic = (name: string, partitions = 6, retention: TopicDefinition['retention'] = days(1)) =>
  defineTopic({ name, partitions, retention, publishers: ['identity'] })

export const orders = topic('kitchen.order')
const tickets = topic('kitchen.ticket', 3)
const notices = topic('kitchen.notice', 2)
const stock = topic('kitchen.stock', 3, compacted)
const glances = topic('traffic.glance', 3)

export const orderPlaced = defineEvent({
  type: 'kitchen.order.placed.v1',
  topic: orders,
  summary: 'Somebody is hungry.',
  key: 'orderId',
  data: { orderId: technical(z.string()), n: technical(z.int()) },
  example: { orderId: 'a', n: 1 },
})
export const orderServed = defineEvent({
  type: 'kitchen.order.served.v1',
  topic: orders,
  summary: 'Somebody eats.',
  key: 'orderId',
  data: { orderId: technical(z.string()) },
  example: { orderId: 'a' },
})
export const ticketPrinted = defineEvent({
  type: 'kitchen.ticket.printed.v1',
  topic: tickets,
  summary: 'A ticket hangs at the pass.',
  key: 'ticketId',
  data: { ticketId: technical(z.string()), n: technical(z.int()) },
  example: { ticketId: 'a', n: 1 },
})
/** The kitchen has got a second printer; what was printed before came from the first. */
export const ticketPrintedSomewhere = defineEvent({
  type: 'kitchen.ticket.printed.v2',
  topic: tickets,
  summary: 'A ticket hangs at one of the passes.',
  key: 'ticketId',
  data: { ticketId: technical(z.string()), n: technical(z.int()), printer: technical(z.string()) },
  example: { ticketId: 'a', n: 1, printer: 'first' },
  before: after(ticketPrinted, (data) => ({ ...data, printer: 'first' })),
})
export const noticeHung = defineEvent({
  type: 'kitchen.notice.hung.v1',
  topic: notices,
  summary: 'Everybody should read it.',
  key: 'noticeId',
  data: { noticeId: technical(z.string()) },
  example: { noticeId: 'a' },
})
export const stockCounted = defineEvent({
  type: 'kitchen.stock.counted.v1',
  topic: stock,
  summary: 'How much is left.',
  key: 'itemId',
  data: { itemId: technical(z.string()), n: technical(z.int()) },
  example: { itemId: 'a', n: 1 },
})
export const glanceCast = defineEvent({
  type: 'traffic.glance.cast.v1',
  topic: glances,
  summary: 'Somebody looked.',
  key: 'page',
  data: { page: technical(z.string()), occurredAt: technical(z.iso.datetime()) },
  example: { page: '/', occurredAt: '2026-01-31T12:00:00Z' },
})

export const sampleCatalogue: Catalogue = {
  topics: [orders, tickets, notices, stock, glances],
  consumers: [
    { service: 'profiles', event: orderPlaced, reaction: 'x', idempotence: 'natural', delivery: 'shared' },
    { service: 'profiles', event: ticketPrinted, reaction: 'x', idempotence: 'natural', delivery: 'shared' },
    { service: 'profiles', event: stockCounted, reaction: 'x', idempotence: 'natural', delivery: 'shared' },
    {
      service: 'profiles',
      event: noticeHung,
      reaction: 'x',
      idempotence: 'natural',
      delivery: 'every-replica',
    },
  ],
}
