import {
  ConcurrentChangeError,
  type Connection,
  isDuplicateKey,
  makeIndexes,
  readFew,
  type Session,
  updateEach,
} from '@mpics/mongo'
import { type Model, mongo, Schema, type SchemaDefinition } from 'mongoose'
import type { Counting } from './counting.js'
import { KnownTallies } from './known-tallies.js'
import { type Replacement, replacementOf, type VersionedTally } from './replacement.js'
import { addViews, emptyTally, type Tally, type View } from './tally.js'

export const tallySchema = {
  total: { type: Number, required: true },
  ownViews: Number,
  unique: { type: Number, required: true },
  registers: Schema.Types.Mixed,
  offsets: Schema.Types.Mixed,
  asOf: Date,
}

/** Fills in fields that an earlier version did not store; registers come back as BSON's own kind of bytes. */
export function tallyOf(stored: Partial<Tally>): Tally {
  const { total, ownViews, unique, registers, offsets, asOf } = { ...emptyTally, ...stored }
  // a copy, since the bytes of the driver keep its whole answer in memory
  const bytes = registers instanceof mongo.Binary ? new Uint8Array(registers.buffer) : registers
  return { total, ownViews, unique, registers: bytes, offsets, asOf }
}

type StoredTally<L> = Tally & L & { _id: string; version: number }

/** `L` finds the tally. */
export interface TallyGroup<L> {
  id: string
  labels: L
  views: View[]
}

interface CountedTally<L> {
  id: string
  labels: L
  tally: Tally & { version: number }
  /** Views of known browsers leave the sketch of up to 4 KiB as it is. */
  hasOtherSketch: boolean
  /** The transaction that read it, within which it is saved without a guard. */
  readIn: Session | undefined
}

/** A collection of tallies without events. */
export class TallyCollection<L extends object> {
  readonly model: Model<StoredTally<L>>
  private readonly known = new KnownTallies<Tally & { version: number }>((ids, session) => this.find(ids, session))

  constructor(
    private readonly connection: Connection,
    collection: string,
    labels: SchemaDefinition,
    index: Record<string, 1>,
  ) {
    const schema = new Schema(
      { _id: String, ...labels, ...tallySchema, version: Number },
      { versionKey: false, autoCreate: false, minimize: false, strict: 'throw' },
    )
    schema.index(index)
    this.model = connection.model(collection, schema, collection) as unknown as Model<StoredTally<L>>
  }

  prepare(): Promise<void> {
    return makeIndexes(this.model)
  }

  where(labels: Partial<L>): Promise<Tally[]> {
    return this.model
      .find(labels as never)
      .lean<StoredTally<L>[]>()
      .then((found) => found.map(tallyOf))
  }

  async versioned(filter: object): Promise<VersionedTally<L>[]> {
    const found = await this.model.find(filter as never).lean<StoredTally<L>[]>()
    return found.map(versionedOf)
  }

  /** One after the other: there may be many, of some KiB each. */
  async *each(filter: object): AsyncGenerator<VersionedTally<L>> {
    const found = this.model
      .find(filter as never)
      .lean<StoredTally<L>[]>()
      .cursor({ batchSize: 100 })
    for await (const stored of found as AsyncIterable<StoredTally<L>>) yield versionedOf(stored)
  }

  /** Throws `ConcurrentChangeError` when somebody has saved one of them since; the others are replaced. */
  async replace(changes: readonly Replacement<L>[]): Promise<void> {
    if (changes.length === 0) return
    const done = await this.model.collection
      .bulkWrite(changes.map(replacementOf) as never, { ordered: false })
      .catch(whenSomebodyInserted)
    if (done.upsertedCount + done.matchedCount + done.deletedCount !== changes.length)
      throw new ConcurrentChangeError(this.model.collection.name, 'one of many', 0)
  }

  /** The first id of all, in their order. */
  async firstId(): Promise<string | null> {
    const first = await this.model.findOne().sort({ _id: 1 }).select({ _id: 1 }).lean<{ _id: string }>()
    return first?._id ?? null
  }

  /** Counts ids with this prefix, from the index of the ids alone. */
  countFrom(prefix: string): Promise<number> {
    return this.model.countDocuments({ _id: { $gte: prefix, $lt: `${prefix}\u{10ffff}` } } as never)
  }

  /** Makes at most one request for a thousand tallies, and another to save them. */
  async counting(groups: readonly TallyGroup<L>[], session?: Session): Promise<Counting> {
    const ids = groups.map(({ id }) => id)
    const { tallies, wasRead } = await this.known.take(ids, session)
    const counted = groups.flatMap(({ id, labels, views }) => {
      const { version, ...before } = tallies.get(id) ?? { ...emptyTally, version: 0 }
      const tally = addViews(before, views)
      const hasOtherSketch = version === 0 || tally.registers !== before.registers
      if (tally === before) return []
      const readIn = wasRead(id) ? session : undefined
      return [{ id, labels, tally: { ...tally, version: version + 1 }, hasOtherSketch, readIn }]
    })
    return {
      changes: counted.length,
      save: async (session) => {
        await this.save(counted, session)
        if (!session && counted.length < groups.length) await untilDurable(this.model)
      },
      remember: () => this.known.keep([...tallies, ...counted.map(({ id, tally }) => [id, tally] as const)]),
    }
  }

  private async save(counted: readonly CountedTally<L>[], session?: Session): Promise<void> {
    const { name } = this.model.collection
    const writes = counted.map((one) => writeOf(one, session))
    const found = await updateEach(this.connection.db!, name, writes, session).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error
      return 0
    })
    if (found !== counted.length) throw new ConcurrentChangeError(name, 'one of many', 0)
  }

  private async find(ids: readonly string[], session?: Session): Promise<Map<string, Tally & { version: number }>> {
    const { name } = this.model.collection
    const wanted = { collection: name, filter: { _id: { $in: ids } }, limit: ids.length, session }
    const found = await readFew<StoredTally<L>>(this.connection.db!, wanted)
    return new Map(found.map((one) => [one._id, { ...tallyOf(one), version: one.version }]))
  }
}

function versionedOf<L>(stored: StoredTally<L>): VersionedTally<L> {
  const { _id: id, version, ...rest } = stored
  const { total: _t, ownViews: _n, unique: _u, registers: _r, offsets: _o, asOf: _a, ...labels } = rest
  return { id, labels: labels as unknown as L, version, tally: tallyOf(stored) }
}

/**
 * Resolves when a majority has what this process could read: views that were found counted may be another attempt's, whose write no
 * majority has confirmed yet. A write that changes nothing waits for all that came before it: `number` is a field that each document has,
 * never below 0.
 */
export async function untilDurable(
  { collection }: Pick<Model<never>, 'collection'>,
  number = 'version',
): Promise<void> {
  await collection.updateOne({ _id: { $exists: true } }, { $max: { [number]: 0 } })
}

/** One kind of write for old and new tallies, so that they make one request. */
function writeOf<L>({ id, labels, tally, hasOtherSketch, readIn }: CountedTally<L>, session?: Session) {
  const { registers, ...rest } = tally
  return {
    filter: { _id: id, ...(!(session && readIn === session) && { version: rest.version - 1 }) },
    update: { $set: { ...labels, ...rest, ...(hasOtherSketch && { registers }) } },
    upsert: rest.version === 1,
  }
}

function whenSomebodyInserted(error: unknown) {
  if (!isDuplicateKey(error)) throw error
  return { upsertedCount: 0, matchedCount: 0, deletedCount: 0 }
}
