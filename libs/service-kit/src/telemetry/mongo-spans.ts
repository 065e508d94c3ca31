import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'

const COLLECTION = 'db.collection.name'
/** The namespace of the driver's `command`, by which few documents are read, and one is changed (ADR 78 and 86). */
const NO_COLLECTION = '$cmd'
const ONE_COMMAND = /^\{"(find|aggregate|findAndModify)":"([^"?]+)",/

/** `?` in place of every value but the collection of a command of ours. */
export function statementOf(command: Record<string, unknown>): string {
  const seen = new WeakSet()
  const text = JSON.stringify(command, (_, value: unknown) => {
    if (typeof value !== 'object' || !value) return '?'
    if (seen.has(value)) return '[Circular]'
    seen.add(value)
    return value
  })
  const [operation, collection] = Object.entries(command)[0] ?? []
  if (!isOurs(command) || typeof collection !== 'string') return text
  return text.replace(`{"${operation}":"?"`, () => `{"${operation}":${JSON.stringify(collection)}`)
}

/** A document that is inserted comes here too: it must not pass for a command. */
const isOurs = ({ find, filter, aggregate, pipeline, findAndModify, query, update }: Record<string, unknown>) =>
  (find !== undefined && typeof filter === 'object') ||
  (aggregate !== undefined && Array.isArray(pipeline)) ||
  (findAndModify !== undefined && typeof query === 'object' && Array.isArray(update))

/** Gives the span of a command the collection that its text names. */
export const namesCollections: SpanProcessor = {
  onStart(span) {
    if (span.attributes[COLLECTION] !== NO_COLLECTION) return
    const [, operation, collection] = ONE_COMMAND.exec(String(span.attributes['db.query.text'])) ?? []
    if (collection === undefined) return
    span.setAttribute(COLLECTION, collection)
    span.updateName(`${operation} ${collection}`)
  },
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
}
