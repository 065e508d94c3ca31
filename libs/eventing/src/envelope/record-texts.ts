import type { IHeaders, KafkaMessage } from 'kafkajs'
import { SCHEMA_ID_HEADER, schemaIdText } from './schema-id-header.js'

type Header = 'id' | 'type' | 'source' | 'subject' | 'time' | 'sequence' | 'traceparent'

/**
 * What an event is read from. Null stands for a header without a value, and for the value of a tombstone, or of a record whose type
 * nobody wants.
 */
export type RecordTexts = Record<Header, string | null | undefined> & { value: string | null }
export type IsWanted = (type: string | null | undefined) => boolean
const always: IsWanted = () => true

export const TEXT_BY_HEADER: ReadonlyMap<string, Header> = new Map([
  ['ce_id', 'id'],
  ['ce_type', 'type'],
  ['ce_source', 'source'],
  ['ce_subject', 'subject'],
  ['ce_time', 'time'],
  ['ce_sequence', 'sequence'],
  ['traceparent', 'traceparent'],
])

export interface Message extends Pick<KafkaMessage, 'key' | 'value' | 'headers' | 'offset' | 'timestamp'> {
  /** What `textsOf` says, where it costs less to say all at once. */
  texts?(isWanted: IsWanted): RecordTexts
}

export function headerOf({ headers }: { headers?: IHeaders }, name: string): string | undefined {
  const given = headers?.[name]
  const value = Array.isArray(given) ? given[0] : given
  if (name === SCHEMA_ID_HEADER && Buffer.isBuffer(value)) return schemaIdText(value)
  return value?.toString()
}

/** One shape for all. */
export const noTexts = (): RecordTexts => ({
  id: undefined,
  type: undefined,
  source: undefined,
  subject: undefined,
  time: undefined,
  sequence: undefined,
  traceparent: undefined,
  value: null,
})

export function textsOf(message: Message, isWanted: IsWanted = always): RecordTexts {
  if (message.texts) return message.texts(isWanted)
  const texts = noTexts()
  const { headers } = message
  for (const [name, text] of TEXT_BY_HEADER)
    if (headers?.[name] !== undefined) texts[text] = headerOf({ headers }, name) ?? null
  texts.subject ??= message.key?.toString()
  if (isWanted(texts.type)) texts.value = message.value?.toString() ?? null
  return texts
}
