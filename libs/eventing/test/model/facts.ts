import { days, defineEvent, defineTopic, type Envelope, field } from '@mpics/contracts'
import { z } from 'zod'
import { toRecord } from '../../src/envelope/record.js'
import type { NewMessage } from './group.js'

const about = { classification: 'technical', purpose: 'administration' } as const
/** Each handler meets this fate until all is mended. */
export const troubles = ['none', 'once', 'slow', 'poison', 'defect', 'outage'] as const
export type Trouble = (typeof troubles)[number]

const defined = (topic: string, type: string) =>
  defineEvent({
    type,
    topic: defineTopic({ name: topic, partitions: 2, retention: days(1), publishers: ['media'] }),
    summary: 'Something is so.',
    key: 'id',
    data: { id: field(z.string(), about), trouble: field(z.enum(troubles), about) },
    example: { id: 'a', trouble: 'none' },
  })

/** One by one, and many at a time. */
export const told = defined('kitchen.order', 'kitchen.order.told.v1')
export const counted = defined('kitchen.stock', 'kitchen.stock.counted.v1')

export type Fact = Envelope<typeof told>

export interface Stated {
  eventId: string
  key: string
  sequence: number
  trouble: Trouble
}

export function recordOf(type: string, { eventId, key, sequence, trouble }: Stated): NewMessage {
  const stamped = { id: eventId, type, subject: key, time: '', data: { id: key, trouble }, seq: sequence }
  const { value, headers } = toRecord('kitchen', stamped)
  return { key: Buffer.from(key), value: Buffer.from(value!), headers }
}
