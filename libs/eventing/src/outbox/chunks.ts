import type { Pending } from './outbox-source.js'

export const eventsIn = (all: readonly Pending[]): number => all.reduce((sum, { events }) => sum + events.length, 0)

/** At most `limit` events at a time: whole documents while they fit, a long outbox in slices of its own. */
export function* chunks(found: Iterable<Pending>, limit: number): Generator<Pending[]> {
  let chunk: Pending[] = []
  let size = 0
  for (const part of slices(found, limit)) {
    if (size + part.events.length > limit && size > 0) {
      yield chunk
      chunk = []
      size = 0
    }
    chunk.push(part)
    size += part.events.length
  }
  if (size > 0) yield chunk
}

function* slices(found: Iterable<Pending>, limit: number): Generator<Pending> {
  for (const pending of found)
    if (pending.events.length <= limit) yield pending
    else
      for (let from = 0; from < pending.events.length; from += limit)
        yield { ...pending, events: pending.events.slice(from, from + limit) }
}

/** Reads the next item while the consumer works on this one. */
export async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next()
  try {
    for (let at = await next; !at.done; at = await next) {
      next = source.next()
      next.catch(() => undefined)
      yield at.value
    }
  } finally {
    await next.catch(() => undefined)
    await source.return(undefined)
  }
}
