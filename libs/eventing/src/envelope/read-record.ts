import { type Envelope, type EventDefinition, upcast } from '@mpics/contracts'
import type { IHeaders, KafkaMessage } from 'kafkajs'
import { UnreadableEventError } from '../errors.js'
import type { EventRecord } from './record.js'
import { SCHEMA_ID_HEADER, schemaIdText } from './schema-id-header.js'

export type Message = Pick<KafkaMessage, 'key' | 'value' | 'headers' | 'offset' | 'timestamp'>

/** A record with its headers as text; that of the schema is its id. */
export interface PlainRecord extends EventRecord {
  headers: Record<string, string>
}

export function headerOf(message: Pick<Message, 'headers'>, name: string): string | undefined {
  const given = message.headers?.[name]
  const value = Array.isArray(given) ? given[0] : given
  if (name === SCHEMA_ID_HEADER && Buffer.isBuffer(value)) return schemaIdText(value)
  return value?.toString()
}

function plainHeaders(headers: IHeaders | undefined): Record<string, string> {
  return Object.fromEntries(Object.keys(headers ?? {}).map((name) => [name, headerOf({ headers }, name) ?? '']))
}

export function plainRecord(message: Message): PlainRecord {
  return {
    key: message.key?.toString() ?? null,
    value: message.value?.toString() ?? null,
    headers: plainHeaders(message.headers),
    timestamp: message.timestamp,
  }
}

/** Parses a record with the schema of `wanted`. Throws only errors that no retry would mend. */
export function readEnvelope(message: Message, wanted: EventDefinition): Envelope {
  const type = required(message, 'ce_type')
  const sequence = sequenceOf(message)
  const traceparent = headerOf(message, 'traceparent')
  return {
    id: required(message, 'ce_id'),
    type,
    source: headerOf(message, 'ce_source') ?? '',
    subject: headerOf(message, 'ce_subject') ?? message.key?.toString() ?? '',
    time: headerOf(message, 'ce_time') ?? '',
    ...(sequence !== undefined && { sequence }),
    ...(traceparent && { traceparent }),
    data: parse(type, json(message), wanted) as Envelope['data'],
  }
}

/** The sequence guards projections: anything but a number must not be compared with one. */
function sequenceOf(message: Message): number | undefined {
  const sequence = headerOf(message, 'ce_sequence')
  if (sequence === undefined) return undefined
  if (!/^\d{1,15}$/.test(sequence)) throw new UnreadableEventError('the header ce_sequence is no number')
  return Number(sequence)
}

function required(message: Message, name: string): string {
  const value = headerOf(message, name)
  if (!value) throw new UnreadableEventError(`the header ${name} is missing`)
  return value
}

function json(message: Message): unknown {
  try {
    return JSON.parse(message.value?.toString() ?? '')
  } catch {
    throw new UnreadableEventError('the value is not JSON')
  }
}

function parse(type: string, data: unknown, wanted: EventDefinition): unknown {
  try {
    const found = upcast(type, data, wanted)
    if (found !== undefined) return found
  } catch (error) {
    throw new UnreadableEventError(`the data breaks the schema of ${type}: ${pathsOf(error)}`)
  }
  throw new UnreadableEventError(`${type} is a version that this consumer does not know`)
}

/** Names the fields and never repeats a value. */
function pathsOf(error: unknown): string {
  const issues = (error as { issues?: { path: PropertyKey[]; code: string }[] }).issues ?? []
  return issues.map((issue) => `${issue.path.join('.') || 'data'} (${issue.code})`).join(', ')
}
