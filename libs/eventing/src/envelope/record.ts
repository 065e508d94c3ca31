import { type NewEvent, type Precision, precisionOf } from '@mpics/contracts'
import { dataSchemaUri } from '@mpics/contracts/catalogue'
import { momentOf, timelessId } from './precision.js'
import { SCHEMA_ID_HEADER, schemaIdOfType } from './schema-id-header.js'

export interface EventRecord {
  key: string | null
  value: string | null
  headers: Record<string, string | Buffer>
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

const topics = new Map<string, string>()

/** `identity.account.registered.v1` belongs on `identity.account`. */
export function topicOf(type: string): string {
  const known = topics.get(type)
  if (known !== undefined) return known
  const end = type.indexOf('.', type.indexOf('.') + 1)
  const topic = end === -1 ? type : type.slice(0, end)
  topics.set(type, topic)
  return topic
}

/** On a compacted topic it makes Kafka forget everything under the key. The aggregate saves it as any other event. */
export const tombstone = (event: { type: string }, key: string): NewEvent => ({
  type: event.type,
  subject: key,
  data: null,
})

const precisions = new Map<string, Precision>()

/** Of each type that is published, found once. */
function precisionOfType(type: string): Precision {
  const known = precisions.get(type)
  if (known) return known
  const precision = precisionOf(topicOf(type))
  precisions.set(type, precision)
  return precision
}

/** Without a key Kafka keeps no order: events of one subject would overtake each other. */
export function assertSubject({ type, subject }: { type: string; subject: unknown }): void {
  if (typeof subject !== 'string' || subject === '')
    throw new TypeError(`${type} names no subject: give it the text that its order is kept by`)
}

/** CloudEvents 1.0, Kafka binary mode. Where a topic is not to say exactly when, no part of the record does. */
export function toRecord(source: string, event: StampedEvent, site?: string): EventRecord {
  assertSubject(event)
  const precision = precisionOfType(event.type)
  const exact = precision === 'exact'
  const moment = exact ? undefined : momentOf(event.time, precision)
  const headers: EventRecord['headers'] = {
    ce_specversion: '1.0',
    ce_id: exact ? event.id : timelessId(event.id),
    ce_type: event.type,
    ce_source: source,
    ce_subject: event.subject,
    ce_time: moment?.time ?? event.time,
    ce_dataschema: dataSchemaUri(event.type, site),
    'content-type': 'application/json',
  }
  const schemaId = event.data === null ? undefined : schemaIdOfType(event.type)
  if (schemaId) headers[SCHEMA_ID_HEADER] = schemaId
  if (event.seq !== undefined) headers['ce_sequence'] = String(event.seq)
  // an earlier release stamped a trace on coarse facts, too
  if (event.trace && exact) headers['traceparent'] = event.trace
  const value = event.data === null ? null : JSON.stringify(event.data)
  return moment
    ? { key: event.subject, value, headers, timestamp: moment.timestamp }
    : { key: event.subject, value, headers }
}
