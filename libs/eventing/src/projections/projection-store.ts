import { type Connection, updateEach } from '@mpics/mongo'
import type mongoose from 'mongoose'
import { gathering, Together } from '../together.js'
import { inBatches } from './in-batches.js'
import type { Confirmation, Fact, Rebuildable } from './projection.js'

type Fields = Record<string, unknown>
type Kept = Fields & { _id: string }
type Write = { updateOne: mongoose.mongo.UpdateOneModel<Kept> }

export type ProjectionStoreOptions = Shared & (Whole | Part)

interface Shared {
  /** How long a live fact may wait for others, to be written along with them; absent: as long as others are being written. */
  lingerMs?: (fields: Readonly<Fields>) => number
}

/** The document is deleted when the owner says nothing. */
interface Whole {
  within?: undefined
}

interface Part {
  /** The projection's field in documents that hold more. */
  within: string
  /** Replaces the field when the owner says nothing. */
  blank?: Readonly<Fields>
  /** Small facts that come many at a time go as commands on it, which the driver does not repeat; they insert nothing. */
  commandsOn?: Connection
}

const BATCH_SIZE = 500

/**
 * An event is written when the document shows none or an earlier one. A rebuild marks all documents suspect first; a live write takes
 * the mark away, and the rebuild trusts no marked document. The mark names the rebuild, so that an interrupted one misleads none.
 */
export class ProjectionStore implements Rebuildable<Fact> {
  private readonly collection: mongoose.mongo.Collection<Kept>
  private readonly live = new Together<readonly Fact[]>(
    (facts) => this.write(facts.flat().map((fact) => ({ updateOne: this.whenOlder(fact) }))),
    (facts) => this.lingerOf(facts.flat()),
  )

  constructor(
    // writes past the schema, which would drop the mark in silence
    model: { readonly collection: object },
    private readonly options: ProjectionStoreOptions = {},
  ) {
    this.collection = model.collection as mongoose.mongo.Collection<Kept>
  }

  /** Events that come while others are written go together in the next request. An old one changes nothing. */
  async apply(id: string, sequence: number | undefined, fields: Fact['fields']): Promise<void> {
    await this.applyAll([{ id, sequence: required(sequence), fields }])
  }

  async applyAll(facts: readonly Fact[]): Promise<void> {
    if (facts.length > 0) await this.live.add(facts)
  }

  async *suspect(run: number): AsyncGenerator<number> {
    for await (const ids of this.ids({})) {
      await this.collection.updateMany({ _id: { $in: ids } }, { $set: { [this.at('suspect')]: run } })
      yield ids.length
    }
  }

  async confirm(facts: readonly Fact[], run: number): Promise<Confirmation> {
    const found = await this.collection.find({ _id: { $in: facts.map(({ id }) => id) } }).toArray()
    const byId = new Map(found.map((document) => [document._id, document]))
    const outcome: Confirmation = { added: 0, mended: 0, distrusted: 0 }
    const writes = facts.map((fact) => this.confirmation(fact, byId.get(fact.id), run, outcome))
    // a live event that writes between the look and the write takes the mark away: its guard keeps the document as it is
    if (writes.length > 0) await this.write(writes)
    return outcome
  }

  async *sweep(run: number): AsyncGenerator<number> {
    const mark = { [this.at('suspect')]: run }
    for await (const ids of this.ids(mark)) yield await this.remove({ _id: { $in: ids }, ...mark })
  }

  private lingerOf(facts: readonly Fact[]): number {
    const { lingerMs = () => 0 } = this.options
    return gathering(() => Math.min(...facts.map(({ fields }) => lingerMs(fields))))(facts)
  }

  /** A document that is not older makes an upsert meet its _id. */
  private async write(writes: readonly Write[]): Promise<void> {
    const commandsOn = this.options.within === undefined ? undefined : this.options.commandsOn
    if (commandsOn) {
      const updates = writes.map(({ updateOne }) => updateOne)
      await updateEach(commandsOn.db!, this.collection.collectionName, updates)
    } else await this.collection.bulkWrite(writes, { ordered: false }).catch(unlessDuplicates)
  }

  private confirmation(fact: Fact, document: Kept | undefined, run: number, outcome: Confirmation): Write {
    const kept = this.part(document)
    const sequence = kept?.['sequence']
    const older = sequence === undefined || (typeof sequence === 'number' && sequence < fact.sequence)
    if (!document) outcome.added += this.options.within === undefined ? 1 : 0
    else if (kept?.['suspect'] === run && !says(kept, fact)) outcome.mended++
    if (older) return { updateOne: this.whenOlder(fact) }
    if (kept?.['suspect'] === run && sequence !== fact.sequence) outcome.distrusted++
    return { updateOne: { filter: { _id: fact.id, [this.at('suspect')]: run }, update: this.writing(fact) } }
  }

  private whenOlder(fact: Fact) {
    const filter = { _id: fact.id, ...olderThan(fact.sequence, this.at('sequence')) }
    return { filter, update: this.writing(fact), upsert: this.options.within === undefined }
  }

  /**
   * Field by field, which costs MongoDB less than a part written anew. A field that only an earlier release wrote into a part stays:
   * no event takes it away.
   */
  private writing({ sequence, fields }: Fact): mongoose.mongo.UpdateFilter<Kept> {
    const said = Object.entries({ ...fields, sequence }).map(([name, value]) => [this.at(name), value])
    return { $set: Object.fromEntries(said) as Fields, $unset: { [this.at('suspect')]: '' as const } }
  }

  private async remove(filter: Fields): Promise<number> {
    if (this.options.within === undefined) return (await this.collection.deleteMany(filter)).deletedCount
    const { within, blank = {} } = this.options
    const toBlank = { $set: { [within]: blank } } as never
    const isBlank = Object.fromEntries(Object.entries(blank).map(([name, value]) => [`${within}.${name}`, value]))
    // a document that is blank already only loses its mark
    await this.collection.updateMany({ ...filter, ...isBlank }, toBlank)
    return (await this.collection.updateMany(filter, toBlank)).modifiedCount
  }

  private ids(filter: Fields): AsyncGenerator<string[]> {
    const cursor = this.collection.find(filter as never, { projection: { _id: 1 }, batchSize: BATCH_SIZE })
    return inBatches(
      cursor.map(({ _id }) => _id),
      BATCH_SIZE,
    )
  }

  private part(document: Kept | undefined): Fields | undefined {
    const { within } = this.options
    return within === undefined ? document : (document?.[within] as Fields | undefined)
  }

  private at(field: string): string {
    return this.options.within === undefined ? field : `${this.options.within}.${field}`
  }
}

/** Matches documents with an earlier sequence in `field`, or none. */
const olderThan = (sequence: number, field: string) => ({
  $or: [{ [field]: { $lt: sequence } }, { [field]: { $exists: false } }],
})

function required(sequence: number | undefined): number {
  if (sequence === undefined) throw new TypeError('an event without a sequence cannot guard a projection')
  return sequence
}

const says = (kept: Fields, { sequence, fields }: Fact): boolean =>
  Object.entries({ ...fields, sequence }).every(([name, value]) => kept[name] === value)

function unlessDuplicates(error: unknown): void {
  const { writeErrors, result } = error as Partial<mongoose.mongo.MongoBulkWriteError>
  const all = [writeErrors ?? []].flat()
  // what a majority did not confirm may be rolled back
  if (all.length === 0 || all.some(({ code }) => code !== 11000) || result?.getWriteConcernError()) throw error
}
