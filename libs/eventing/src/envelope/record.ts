import type { NewEvent } from '@mpics/contracts'
import { dataSchemaPath } from '@mpics/contracts/catalogue'

export interface EventRecord {
  key: string | null
  value: string | null
  headers: Record<string, string>
  timestamp?: string
}

/** An event that the outbox keeps until it is published. */
export interface StampedEvent {
  id: string
  type: string
  subject: string
  time: string
  data: unknown
  seq?: number
  trace?: string
}

/** `identity.account.registered.v1` belongs on `identity.account`. */
export function topicOf(type: string): string {
  const end = type.indexOf('.', type.indexOf('.') + 1)
  return end === -1 ? type : type.slice(0, end)
}

/** `traffic.*` and `analytics.*` carry no trace id (B31). */
export const isTraced = (type: string): boolean => !/^(traffic|analytics)\./.test(type)

/** On a compacted topic it makes Kafka forget everything under the key. The aggregate saves it as any other event. */
export const tombstone = (event: { type: string }, key: string): NewEvent => ({
  type: event.type,
  subject: key,
  data: null,
})

/** CloudEvents 1.0, Kafka binary mode. */
export function toRecord(source: string, event: StampedEvent): EventRecord {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_type: event.type,
    ce_source: source,
    ce_subject: event.subject,
    ce_time: event.time,
    ce_dataschema: dataSchemaPath(event.type),
    'content-type': 'application/json',
  }
  if (event.seq !== undefined) headers['ce_sequence'] = String(event.seq)
  if (event.trace) headers['traceparent'] = event.trace
  return { key: event.subject, value: event.data === null ? null : JSON.stringify(event.data), headers }
}
