import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import { leafOf, pathFrom, type ProofStep, treeOf } from './merkle.js'

/** A power of two, so that the tree over the chunks is the tree over all heads. */
const CHUNK = 1_024

const technical = about.technical('consent')

interface Chunk {
  /** `day:index` */
  _id: string
  day: string
  index: number
  first: string
  heads: string[]
  hash: string
}

/** The heads under each root, in chunks, so that a proof reads one of them and the hashes of the others. */
@Injectable()
export class LeafRepository {
  private readonly chunks: Model<Chunk>

  constructor(connection: Connection, personalData: PersonalData) {
    const schema = new mongoose.Schema<Chunk>(
      { _id: String, day: String, index: Number, first: String, heads: [String], hash: String },
      { versionKey: false, autoIndex: false, autoCreate: false },
    )
    schema.index({ day: 1, first: 1 }, { name: 'day' })
    this.chunks = connection.model<Chunk>('ledger_leaves', schema, 'ledger_leaves')
    personalData.register({
      store: { collection: 'ledger_leaves' },
      impersonal: 'holds hashes over salted values, in their own order',
      ...keptForEver,
      fields: { _id: technical, day: technical, index: technical, first: technical, heads: technical, hash: technical },
    })
  }

  /** Keeps the sorted heads of a day; resolves to the root of their tree. Again gives the same. */
  async keep(day: string, heads: readonly string[]): Promise<string> {
    const chunks = chunksOf(day, heads)
    for (const { _id, ...chunk } of chunks) await this.chunks.updateOne({ _id }, { $set: chunk }, { upsert: true })
    return treeOf(chunks.map(({ hash }) => hash))
  }

  async pathOf(day: string, head: string): Promise<ProofStep[] | undefined> {
    const chunk = await this.chunks
      .findOne({ day, first: { $lte: head } })
      .sort({ first: -1 })
      .lean<Chunk>()
    const index = chunk?.heads.indexOf(head) ?? -1
    if (!chunk || index === -1) return undefined
    const all = await this.chunks.find({ day }, { hash: 1 }).sort({ first: 1 }).lean<Chunk[]>()
    const hashes = all.map(({ hash }) => hash)
    return [...pathFrom(chunk.heads.map(leafOf), index), ...pathFrom(hashes, chunk.index)]
  }
}

export const treeOfHeads = (heads: readonly string[]): string => treeOf(chunksOf('', heads).map(({ hash }) => hash))

function chunksOf(day: string, heads: readonly string[]): Chunk[] {
  return Array.from({ length: Math.ceil(heads.length / CHUNK) }, (_, index) => {
    const part = heads.slice(index * CHUNK, (index + 1) * CHUNK)
    return { _id: `${day}:${index}`, day, index, first: part[0]!, heads: part, hash: treeOf(part.map(leafOf)) }
  })
}
