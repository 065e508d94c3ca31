import type { Envelope, EventDefinition } from '@mpics/contracts'
import type { ReadRecord } from '@mpics/eventing'
import type { z } from 'zod'

type Shape = Record<string, z.ZodType>

/** The facts of one type among records, oldest first, each checked against its definition. */
export function eventsIn<S extends Shape>(
  event: EventDefinition<S>,
  records: readonly ReadRecord[],
): Envelope<EventDefinition<S>>[] {
  return records
    .filter((record) => record.headers['ce_type'] === event.type)
    .sort((a, b) => Number(a.timestamp) - Number(b.timestamp) || a.offset - b.offset)
    .map((record) => envelopeOf(event, record))
}

function envelopeOf<S extends Shape>(
  event: EventDefinition<S>,
  { headers, value }: ReadRecord,
): Envelope<EventDefinition<S>> {
  const sequence = headers['ce_sequence']
  return {
    id: headers['ce_id'] ?? '',
    type: event.type,
    source: headers['ce_source'] ?? '',
    subject: headers['ce_subject'] ?? '',
    time: headers['ce_time'] ?? '',
    ...(sequence && { sequence: Number(sequence) }),
    ...(headers['traceparent'] && { traceparent: headers['traceparent'] }),
    data: event.schema.parse(JSON.parse(value ?? 'null')),
  }
}
