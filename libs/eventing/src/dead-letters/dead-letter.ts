import type { ReadRecord } from '../topics/read-topic.js'

export interface DeadLetter {
  /** `<topic of the catalogue>/<group>/<offset>`: the commands take it. */
  id: string
  topic: string
  group: string
  offset: number
  reaction: string
  reason: string
  error: string
  attempts: number
  failedAt: string
  /** `<topic>/<partition>/<offset>` of the event itself. */
  origin: string
  eventId?: string
  eventType?: string
  key: string | null
  value: string | null
  headers: Record<string, string>
  /** An operator began the replay, and has not noted yet that it was sent. */
  begun?: Note
  settled?: Resolution
}

export interface Resolution {
  action: 'replayed' | 'discarded'
  by: string
  why: string
  at: string
  /** Tells the notes of two operators apart. */
  token: string
}

/** An operator writes it behind the dead letters about one of them. */
export interface Note extends Omit<Resolution, 'action'> {
  action: Resolution['action'] | 'replaying'
  /** Token of an unfinished replay that this note replaces. */
  insteadOf?: string
}

/** This header of a note holds the offset of its dead letter. */
export const RESOLVES = 'dlt_settles'

export class NoSuchDeadLetterError extends Error {
  constructor(id: string) {
    super(`there is no dead letter ${id}`)
    this.name = 'NoSuchLetterError'
  }
}

export function deadLetterOf(record: ReadRecord, topic: string, group: string): DeadLetter {
  const { headers, key, value, offset } = record
  return {
    id: `${topic}/${group}/${offset}`,
    topic,
    group,
    offset,
    reaction: headers['dlt_reaction'] ?? '',
    reason: headers['dlt_reason'] ?? '',
    error: headers['dlt_error'] ?? '',
    attempts: Number(headers['dlt_attempts'] ?? 0),
    failedAt: headers['dlt_time'] ?? '',
    origin: headers['dlt_origin'] ?? '',
    eventId: headers['ce_id'],
    eventType: headers['ce_type'],
    key,
    value,
    headers,
  }
}

export function placeOf(id: string): { topic: string; group: string; offset: number } {
  const [topic, group, offset, more] = id.split('/')
  if (!topic || !group || more !== undefined || !/^\d+$/.test(offset ?? ''))
    throw new NoSuchDeadLetterError(`'${id}': an id is <topic>/<group>/<offset>, as the list shows it`)
  return { topic, group, offset: Number(offset) }
}
