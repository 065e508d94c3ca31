import { isTraced, type NewEvent } from '@mpics/contracts'
import { context, propagation } from '@opentelemetry/api'
import { uuidv7 } from 'uuidv7'
import { assertSubject, type StampedEvent, topicOf } from '../envelope/record.js'
import { EventTooLargeError } from '../errors.js'

export interface OutboxEntry extends StampedEvent {
  seq: number
}

/** Far below the brokers' limit of 1 MB for a record. */
const MAX_EVENT_BYTES = 256 * 1024

/** Gives each event an id, the time, and a version of its own, so that `ce_sequence` strictly increases. */
export function stamp(events: readonly NewEvent[], version: number): OutboxEntry[] {
  events.forEach(assertSubject)
  const time = new Date().toISOString()
  const tells = (event: NewEvent) => isTraced(topicOf(event.type))
  const trace = events.some(tells) ? currentTrace() : undefined
  return events.map((event, i) => ({
    id: uuidv7(),
    type: event.type,
    subject: event.subject,
    seq: version + i + 1,
    time,
    data: fitting(event),
    ...(trace && tells(event) && { trace }),
  }))
}

function currentTrace(): string | undefined {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier['traceparent']
}

function fitting(event: NewEvent): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(event.data))
  if (bytes > MAX_EVENT_BYTES) throw new EventTooLargeError(event.type, bytes)
  return event.data
}
