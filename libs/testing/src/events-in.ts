import type { Envelope, EventDefinition } from '@mpics/contracts'
import type { ReadRecord } from '@mpics/eventing'
import type { z } from 'zod'

/** The facts of one type among records, oldest first, each checked against its definition. */
export function eventsIn<E extends EventDefinition<never>>(event: E, records: readonly ReadRecord[]): Envelope<E>[] {
  return records
    .filter((record) => record.headers['ce_type'] === event.type)
    .sort((a, b) => Number(a.timestamp) - Number(b.timestamp) || a.offset - b.offset)
    .map((record) => envelopeOf(event, record))
}

function envelopeOf<E extends EventDefinition<never>>(event: E, { headers, value }: ReadRecord): Envelope<E> {
  const sequence = headers['ce_sequence']
  return {
    id: headers['ce_id'] ?? '',
    type: event.type,
    source: headers['ce_source'] ?? '',
    subject: headers['ce_subject'] ?? '',
    time: headers['ce_time'] ?? '',
    ...(sequence && { sequence: Number(sequence) }),
    ...(headers['traceparent'] && { traceparent: headers['traceparent'] }),
    data: (event.schema as z.ZodType).parse(JSON.parse(value ?? 'null')),
  } as Envelope<E>
}
