import type { Saved } from '../../src/outbox/outbox-source.js'
import { type OutboxEntry, stamp } from '../../src/outbox/stamp.js'
import { Signal } from '../../src/consume/signal.js'

interface Stored {
  version: number
  outbox: OutboxEntry[]
}

interface Written {
  at: number
  id: string
  /** The change stream's event; removals have none. */
  saved?: Saved
  apply: (document: Stored) => Stored
  outcome: PromiseWithResolvers<void>
}

type Documents = Map<string, Stored>

const COLLECTION = 'aggregates'
const NEW: Stored = { version: 0, outbox: [] }

/**
 * One collection on a replica set: what is written stands on the primary at once, and is durable when the majority has it.
 * Whatever the majority has not got when the primary fails is undone.
 */
export class Aggregates {
  /** Every event that was ever durable, in the order in which it became so. */
  readonly durable = new Map<string, OutboxEntry>()
  /** Durable saves, in order. */
  readonly saves: { at: number; saved: Saved }[] = []
  readonly more = new Signal()
  private readonly documents: Documents = new Map()
  private primary: Documents = new Map()
  private readonly behind: Written[] = []
  private at = 0
  private majorityAt = 0

  get time(): number {
    return this.at
  }

  /** As an aggregate store would: in one write, the events stamped with the versions that follow. */
  save(id: string, types: readonly string[], shape: 'whole' | 'parts'): void {
    const { version, outbox } = this.primary.get(id) ?? NEW
    const events = stamp(
      types.map((type) => ({ type, subject: id, data: { id } })),
      version,
    )
    const next = version + Math.max(1, events.length)
    const ns = { _id: next, ns: { coll: COLLECTION }, documentKey: { _id: id } }
    const whole = { ...ns, updateDescription: { updatedFields: { version: next, _outbox: events } } }
    const added = Object.fromEntries(events.map((event, i) => [`_outbox.${outbox.length + i}`, event]))
    const parts = { ...ns, updateDescription: { updatedFields: { version: next, ...added } } }
    const insert = { ...ns, fullDocument: { _outbox: events } }
    const saved = version === 0 ? insert : outbox.length === 0 && shape === 'whole' ? whole : parts
    // an insert without events, too, is told of by nobody
    const told = version > 0 || events.length > 0
    void this.write(id, (old) => ({ version: next, outbox: [...old.outbox, ...events] }), told ? saved : undefined)
  }

  /** Resolves when the majority has it. */
  remove(id: string, eventIds: ReadonlySet<string>): Promise<void> {
    return this.write(id, (old) => ({ ...old, outbox: old.outbox.filter((event) => !eventIds.has(event.id)) }))
  }

  /** The majority gets so many more writes. */
  replicate(count = this.behind.length): void {
    for (const { at, id, saved, apply, outcome } of this.behind.splice(0, count)) {
      this.majorityAt = at
      const next = apply(this.documents.get(id) ?? NEW)
      this.documents.set(id, next)
      outcome.resolve()
      if (!saved) continue
      this.saves.push({ at, saved })
      for (const event of next.outbox) this.durable.set(event.id, event)
    }
    this.more.notify()
  }

  /** The primary fails; the next one begins with a write of its own. */
  fail(): void {
    for (const { outcome } of this.behind.splice(0)) outcome.reject(new Error('undone'))
    this.primary = new Map(this.documents)
    this.majorityAt = ++this.at
    this.more.notify()
  }

  /** Resolves when whatever was written until then is durable, or undone. */
  async committedUntil(time: number): Promise<void> {
    while (this.majorityAt < time) await this.more.wait()
  }

  /** The next durable documents with events, by the id of their first event. */
  pendingAfter(eventId: string, count: number): { id: string; events: OutboxEntry[] }[] {
    return [...this.documents]
      .map(([id, { outbox }]) => ({ id, events: outbox }))
      .filter(({ events }) => events.length > 0 && events[0]!.id > eventId)
      .sort((a, b) => (a.events[0]!.id < b.events[0]!.id ? -1 : 1))
      .slice(0, count)
  }

  private write(id: string, apply: Written['apply'], saved?: Saved): Promise<void> {
    const outcome = Promise.withResolvers<void>()
    outcome.promise.catch(() => undefined)
    this.primary.set(id, apply(this.primary.get(id) ?? NEW))
    this.behind.push({ at: ++this.at, id, saved, apply, outcome })
    return outcome.promise
  }
}
