import { type Envelope, type EventDefinition, upcast } from '@mpics/contracts'
import type { IHeaders } from 'kafkajs'
import { UnreadableEventError } from '../errors.js'
import type { EventRecord } from './record.js'
import { headerOf, type Message, type RecordTexts, textsOf } from './record-texts.js'

/** A record with its headers as text; that of the schema is its id. */
export interface PlainRecord extends EventRecord {
  headers: Record<string, string>
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
export const readEnvelope = (message: Message, wanted: EventDefinition): Envelope =>
  envelopeOf(textsOf(message), wanted)

type Written<T> = { -readonly [K in keyof T]: T[K] }

export function envelopeOf(texts: RecordTexts, wanted: EventDefinition): Envelope {
  const type = required('ce_type', texts.type)
  const sequence = sequenceOf(texts)
  const envelope: Written<Envelope> = {
    id: required('ce_id', texts.id),
    type,
    source: texts.source ?? '',
    subject: texts.subject ?? '',
    time: texts.time ?? '',
    data: parse(type, json(texts), wanted) as Envelope['data'],
  }
  if (sequence !== undefined) envelope.sequence = sequence
  if (texts.traceparent) envelope.traceparent = texts.traceparent
  return envelope
}

/** The sequence guards projections: anything but a number must not be compared with one. */
function sequenceOf({ sequence }: RecordTexts): number | undefined {
  if (typeof sequence !== 'string') return undefined
  if (!/^\d{1,15}$/.test(sequence)) throw new UnreadableEventError('the header ce_sequence is no number')
  return Number(sequence)
}

function required(name: string, value: string | null | undefined): string {
  if (!value) throw new UnreadableEventError(`the header ${name} is missing`)
  return value
}

function json({ value }: RecordTexts): unknown {
  try {
    return JSON.parse(value ?? '')
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
