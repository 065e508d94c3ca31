import { setTimeout as delay } from 'node:timers/promises'
import { type Decision, decide, type DomainError, type NewEvent } from '@mpics/contracts'
import {
  ConcurrentChangeError,
  type Connection,
  DuplicateKeyError,
  duplicateKeyIndex,
  type Erasure,
  isDuplicateKey,
  readFew,
  readOne,
  type Session,
  WITHOUT_OUTBOX,
} from '@mpics/mongo'
import type { Model, Schema, SchemaDefinition } from 'mongoose'
import { failPoint } from '../fail-point.js'
import { type AggregateIndex, aggregateModel, type StoredAggregate } from './aggregate-schema.js'
import { changedFields, writtenFields } from './changed-fields.js'
import type { Outbox, OutboxOptions } from './outbox.js'
import { PlainFields } from './plain-fields.js'
import { stamp } from './stamp.js'

export type Versioned<S> = S & { version: number }

/** Equality only, so that a filter made from a request's fields cannot carry an operator. */
export type EqualityFilter<S> = { [K in keyof S]?: NonNullable<S[K]> extends Plain ? S[K] : never }
type Plain = string | number | boolean | Date

/** An earlier version of the service may have stored it. */
export type StoredState<S extends { id: string }> = Partial<S> & { id: string }

export interface AggregateStoreOptions<S extends { id: string }> extends OutboxOptions {
  collection: string
  schema: SchemaDefinition | Schema
  indexes?: readonly AggregateIndex[]
  outbox: Outbox
  /**
   * Completes, at every read, a document of an earlier version. The next save stores the fields that were absent; queries and
   * indexes see them only then. It is pure, and returns a whole state as it is. It must use null, not absence, for "none".
   */
  complete?: (stored: StoredState<S>) => S
}

/** `current` is null for a document that does not exist yet. */
export interface Change<S> {
  current: Versioned<S> | null
  decision: Decision<S>
  /** The transaction that read `current`: within it MongoDB itself refuses to save what somebody else has saved since. */
  readIn?: Session | undefined
}

interface Update {
  filter: object
  update: { $set: Record<string, unknown>; $unset?: Record<string, 1> }
}
type Write = { updateOne: Update } | { insertOne: { document: Record<string, unknown> } }

const ATTEMPTS = 8

interface DriverCollection<D> {
  find(filter: object, options: { projection: object }): { toArray(): Promise<D[]> }
  findOneAndUpdate(filter: object, values: object[], options: object): Promise<D | null>
  insertOne(document: object): Promise<unknown>
  updateOne(filter: object, update: object): Promise<{ matchedCount: number }>
  bulkWrite(operations: object[], options: object): Promise<{ insertedCount: number; matchedCount: number }>
}

/** Keeps one kind of aggregate. One write of one document saves the state and its events. */
export class AggregateStore<S extends { id: string }> {
  /** For the repository's own queries only: a write through it would have no version and no event. */
  readonly model: Model<StoredAggregate<S>>

  /** The driver's own: every request reads here, and mongoose's query would cost as much again. */
  private readonly stored: DriverCollection<StoredAggregate<S>>
  private readonly plain: PlainFields
  private readonly complete: AggregateStoreOptions<S>['complete']
  /** For each completed state, what was stored of it. */
  private readonly storedParts = new WeakMap<object, object>()

  constructor(
    private readonly connection: Connection,
    options: AggregateStoreOptions<S>,
  ) {
    this.complete = options.complete
    this.model = aggregateModel<S>(connection, options.collection, options.schema, options.indexes ?? [])
    this.stored = this.model.collection as unknown as DriverCollection<StoredAggregate<S>>
    this.plain = new PlainFields(this.model.schema as Schema)
    options.outbox.register(connection, this.model, options)
  }

  async find(id: string): Promise<Versioned<S> | null> {
    return typeof id === 'string' ? this.readOne({ _id: id }) : null
  }

  async findMany(ids: readonly string[]): Promise<Versioned<S>[]> {
    const wanted = ids.filter((id) => typeof id === 'string')
    if (wanted.length === 1) return this.findFew(wanted)
    const found = await this.stored.find({ _id: { $in: wanted } }, { projection: WITHOUT_OUTBOX }).toArray()
    return found.map((document) => this.stateOf(document))
  }

  /** As `findMany`, by one command: all must fit into one answer of MongoDB (16 MB). */
  async findFew(ids: readonly string[], session?: Session): Promise<Versioned<S>[]> {
    const wanted = ids.filter((id) => typeof id === 'string')
    const filter = { _id: wanted.length === 1 ? wanted[0] : { $in: wanted } }
    const few = { filter, projection: WITHOUT_OUTBOX, limit: wanted.length, session }
    const found = await readFew<StoredAggregate<S>>(this.connection.db!, { ...few, collection: this.collection })
    return found.map((document) => this.stateOf(document))
  }

  /** In the order of their ids, beginning behind `id`. */
  async after(id: string | null, limit: number): Promise<Versioned<S>[]> {
    const filter = id === null ? {} : { _id: { $gt: id } }
    const found = this.model.find(filter as never).sort({ _id: 1 })
    return (await found.limit(limit).lean<StoredAggregate<S>[]>()).map((document) => this.stateOf(document))
  }

  async findOne(filter: EqualityFilter<S>): Promise<Versioned<S> | null> {
    const { id, ...rest } = filter as Record<string, unknown>
    const query = { ...rest, ...(id !== undefined && { _id: id }) }
    for (const [field, value] of Object.entries(query)) assertPlain(field, value)
    return this.readOne(query)
  }

  /** Throws `DuplicateKeyError`, which names the index, when a unique index has the value already. */
  async insert(decision: Decision<S>): Promise<void> {
    const document = this.firstDocument(decision)
    const insert = () =>
      this.plain.areWhole(document) ? this.stored.insertOne(document) : this.model.create([document as never])
    await this.refusingDuplicates<unknown>(insert)
    await this.saved(decision.events)
  }

  /** False, and nothing is changed, when a document has the id already. */
  async insertFirst(decision: Decision<S>): Promise<boolean> {
    try {
      await this.insert(decision)
      return true
    } catch (error) {
      if (isDuplicateKey(error, '_id_')) return false
      throw error
    }
  }

  /** Inserts as `insert` does, with fields that the database computes, such as those with its time, and resolves to all of them. */
  async insertComputed(decision: Decision<S>, computed: Record<string, object>): Promise<Versioned<S>> {
    const document = this.firstDocument(decision)
    const absent = { _id: document['_id'], version: { $exists: false } }
    const values = [{ $replaceWith: { $mergeObjects: [{ $literal: document }, computed] } }]
    const options = {
      upsert: true,
      returnDocument: 'after',
      ignoreUndefined: true,
      projection: WITHOUT_OUTBOX,
    } as const
    const inserted = await this.refusingDuplicates(() => this.stored.findOneAndUpdate(absent, values, options))
    await this.saved(decision.events)
    return this.stateOf(inserted!)
  }

  /** Throws `ConcurrentChangeError` when another save came after `current` was read. */
  async save(current: Versioned<S>, decision: Decision<S>): Promise<void> {
    if (!decision.changed) return
    const { filter, update } = this.nextDocument(current, decision)
    const write = async () =>
      this.isPlain(update) ? this.stored.updateOne(filter, update) : this.model.updateOne(filter as never, update)
    const result = await this.refusingDuplicates(write)
    if (result.matchedCount !== 1)
      throw new ConcurrentChangeError(this.model.collection.name, current.id, current.version)
    await this.saved(decision.events)
  }

  /**
   * Inserts or saves many documents in one request, and resolves to what is stored now. On `ConcurrentChangeError` the others are
   * saved: read all, and decide again. Within a transaction none is saved then.
   */
  async saveMany(changes: readonly Change<S>[], session?: Session): Promise<Versioned<S>[]> {
    const writes = changes.filter(({ decision }) => decision.changed)
    if (writes.length === 0) return []
    const operations = writes.map((change) => this.writeOf(change, session))
    const done = await this.writeMany(operations, session).catch((error: unknown) => {
      const index = duplicateKeyIndex(error)
      if (index !== '_id_') throw index ? new DuplicateKeyError(this.model.collection.name, index) : error
      return { insertedCount: 0, matchedCount: 0 }
    })
    if (done.insertedCount + done.matchedCount !== writes.length)
      throw new ConcurrentChangeError(this.model.collection.name, 'one of many', 0)
    if (!session) await this.saved(writes.flatMap(({ decision }) => decision.events))
    return writes.map(({ current, decision }) => ({ ...decision.state, version: versionAfter(current, decision) }))
  }

  /** Reads, decides and saves; starts again after a concurrent change. Returns the state after it. */
  async change(id: string, transition: (state: S) => Decision<S>, notFound: () => DomainError): Promise<S> {
    return repeated(async () => {
      const current = await this.find(id)
      if (!current) throw notFound()
      const decision = transition(unversioned(current))
      await this.save(current, decision)
      return decision.state
    })
  }

  /** Changes as `change` does, and begins with `first` while there is no document. Several replicas may begin at once. */
  async changeOrBegin(first: S, transition: (state: S) => Decision<S>, notFound: () => DomainError): Promise<S> {
    if (!(await this.find(first.id))) {
      const begun = transition(first)
      if (!begun.changed || (await this.insertFirst(begun))) return begun.state
    }
    return this.change(first.id, transition, notFound)
  }

  /** Changes many in two requests, without those that are gone. After a concurrent change it decides all of them again. */
  async changeMany(ids: readonly string[], transition: (state: S) => Decision<S>): Promise<S[]> {
    return repeated(async () => {
      const found = await this.findMany(ids)
      const changes = found.map((current) => ({ current, decision: transition(unversioned(current)) }))
      await this.saveMany(changes)
      return changes.map(({ decision }) => decision.state)
    })
  }

  /** Deletes a document without unpublished events; false: try later. Never reuse its id: its events would begin at 1 again. */
  async purge(id: string): Promise<boolean> {
    const { deletedCount } = await this.model.deleteOne({ _id: id, '_outbox.0': { $exists: false } } as never)
    // an event may have been published since: only a document that is gone needs no other try
    return deletedCount === 1 || !(await this.model.exists({ _id: id } as never))
  }

  /**
   * Deletes the document once tombstones for its keys are published: a compacted topic keeps the last word under a key for
   * ever. An event that comes in between is followed by another tombstone.
   */
  async erase(id: string, tombstones: (state: S) => readonly NewEvent[]): Promise<Erasure> {
    const told = { '_outbox.0': { $exists: false }, $expr: { $eq: ['$_tombstoneAt', '$version'] } }
    const { deletedCount } = await this.model.deleteOne({ _id: id, ...told } as never)
    if (deletedCount === 1) return { erased: 1, waiting: 0 }
    const current = await this.find(id)
    if (!current) return { erased: 0, waiting: 0 }
    const { version, ...rest } = current
    const state = rest as unknown as S
    const { filter, update } = this.nextDocument(current, decide(state, ...tombstones(state)))
    Object.assign(update.$set, { _tombstoneAt: update.$set['version'] })
    await this.model.updateOne({ ...filter, _tombstoneAt: { $ne: version } } as never, update)
    return { erased: 0, waiting: 1 }
  }

  /** Turns a plain document of `model` into state. Read it whole: `complete` fills in an omitted field. */
  stateOf(document: StoredAggregate<S>): Versioned<S> {
    const { _id, _outbox, _tombstoneAt, version, ...rest } = document
    const stored = { id: _id, ...rest } as unknown as S
    if (!this.complete) return { ...stored, version }
    const state = { ...this.complete(stored), version }
    this.storedParts.set(state, stored)
    return state
  }

  private async readOne(filter: Record<string, unknown>): Promise<Versioned<S> | null> {
    const one = { collection: this.collection, filter, projection: WITHOUT_OUTBOX }
    const document = await readOne<StoredAggregate<S>>(this.connection.db!, one)
    return document && this.stateOf(document)
  }

  private get collection(): string {
    return this.model.collection.name
  }

  private writeOf({ current, decision, readIn }: Change<S>, session?: Session): Write {
    if (!current) return { insertOne: { document: this.firstDocument(decision) } }
    const { filter, update } = this.nextDocument(current, decision)
    return { updateOne: { filter: session && readIn === session ? { _id: current.id } : filter, update } }
  }

  private async writeMany(operations: readonly Write[], session?: Session) {
    const arePlain = operations.every((write) =>
      'updateOne' in write ? this.isPlain(write.updateOne.update) : this.plain.areWhole(write.insertOne.document),
    )
    const options = { ordered: false, ...(session && { session }) }
    if (arePlain) return this.stored.bulkWrite([...operations], options)
    return this.model.bulkWrite(operations as never, { ...options, throwOnValidationError: true })
  }

  private isPlain({ $set, $unset = {} }: Update['update']): boolean {
    return this.plain.areKnown(Object.keys($unset)) && this.plain.areSet($set)
  }

  private firstDocument(decision: Decision<S>): Record<string, unknown> {
    this.assertComplete(decision.state)
    const { id, ...fields } = decision.state
    const events = stamp(decision.events, 0)
    return { ...fields, _id: id, version: versionAfter(null, decision), ...(events.length > 0 && { _outbox: events }) }
  }

  private nextDocument(current: Versioned<S>, decision: Decision<S>) {
    const events = stamp(decision.events, current.version)
    this.assertComplete(decision.state)
    const { $set, $unset } = writtenFields(current, decision.state, this.storedParts.get(current))
    const update: Update['update'] = {
      $set: { ...$set, version: versionAfter(current, decision) },
      ...(Object.keys($unset).length > 0 && { $unset }),
      ...(events.length > 0 && { $push: { _outbox: { $each: events } } }),
    }
    return { filter: { _id: current.id, version: current.version }, update }
  }

  private assertComplete(state: S): void {
    if (!this.complete) return
    const { $set, $unset } = changedFields(state, this.complete(state))
    const [field] = Object.keys({ ...$set, ...$unset })
    if (field)
      throw new TypeError(`${field} of ${this.model.collection.name} would be read otherwise than saved: see complete`)
  }

  private async saved(events: readonly unknown[]): Promise<void> {
    if (events.length > 0) await failPoint('outbox.afterSave')
  }

  private async refusingDuplicates<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write()
    } catch (error) {
      const index = duplicateKeyIndex(error)
      throw index === undefined ? error : new DuplicateKeyError(this.model.collection.name, index)
    }
  }
}

const versionAfter = <S>(current: Versioned<S> | null, { events }: Decision<S>): number =>
  (current?.version ?? 0) + Math.max(1, events.length)

async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ConcurrentChangeError) || attempt === ATTEMPTS) throw error
      await delay(Math.random() * 5 * 2 ** attempt)
    }
}

function unversioned<S>({ version: _, ...state }: Versioned<S>): S {
  return state as unknown as S
}

function assertPlain(field: string, value: unknown): void {
  if (value !== null && typeof value === 'object' && !(value instanceof Date))
    throw new TypeError(`${field} must be compared with a plain value`)
}
