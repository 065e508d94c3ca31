import { type Connection, updateEach } from '@mpics/mongo'
import { LRUCache } from 'lru-cache'
import type { mongo } from 'mongoose'
import { browsersIn, type Sketch, withBrowser } from './sketch.js'

export interface View {
  page: string
  browserId: string | null
  partition: number
  offset: number
}

interface Tally {
  total: number
  sketch: Sketch
  /** Up to which view of a partition it has counted. */
  offsets: Record<string, number>
  version: number
}

type Stored = Omit<Tally, 'sketch'> & { _id: string; sketch: mongo.Binary }

const NAME = 'floor_tallies'
const TALLY_BYTES = 500
const MAX_BYTES = 16 * 1024 * 1024
const empty: Tally = { total: 0, sketch: new Uint8Array(), offsets: {}, version: 0 }

/** Keeps the tallies that it saved last in memory. One that somebody else has saved since has another version, and is read again. */
export class Tallies {
  private readonly known = new LRUCache<string, Tally>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ sketch }) => TALLY_BYTES + sketch.length,
  })

  constructor(
    private readonly connection: Connection,
    private readonly key: string,
  ) {}

  /** Counts each view once, whenever and however often it comes, and resolves to the totals of all these pages. */
  async count(views: readonly View[]): Promise<{ page: string; total: number; unique: number }[]> {
    const pages = Map.groupBy(views, ({ page }) => page)
    const before = await this.find([...pages.keys()])
    const tallies = new Map(
      [...pages].map(([page, seen]) => [page, this.counted(before.get(page) ?? empty, seen)] as const),
    )
    const changed = [...tallies].filter(([page, tally]) => tally !== before.get(page))
    if (changed.length > 0) await this.save(changed)
    for (const [page, tally] of tallies) this.known.set(page, tally)
    return [...tallies].map(([page, { total, sketch }]) => ({
      page,
      total,
      unique: Math.min(total, browsersIn(sketch)),
    }))
  }

  private counted(tally: Tally, views: readonly View[]): Tally {
    const offsets = { ...tally.offsets }
    let { total, sketch } = tally
    for (const { partition, offset, browserId } of views) {
      if (offset <= (offsets[partition] ?? -1)) continue
      offsets[partition] = offset
      total++
      if (browserId) sketch = withBrowser(sketch, browserId, this.key)
    }
    return total === tally.total ? tally : { total, sketch, offsets, version: tally.version + 1 }
  }

  /** Nobody gives them back where the save fails, and the next one reads them. */
  private async find(pages: readonly string[]): Promise<Map<string, Tally>> {
    const found = new Map<string, Tally>()
    for (const page of pages) {
      const tally = this.known.get(page)
      if (tally) found.set(page, tally)
      this.known.delete(page)
    }
    const unknown = pages.filter((page) => !found.has(page))
    if (unknown.length === 0) return found
    const stored = this.connection.db!.collection<Stored>(NAME).find({ _id: { $in: unknown } })
    for (const { _id, sketch, ...tally } of await stored.toArray())
      found.set(_id, { ...tally, sketch: new Uint8Array(sketch.buffer) })
    return found
  }

  /** One transaction wakes the change streams on a server once. */
  private async save(changed: (readonly [string, Tally])[]): Promise<void> {
    const writes = changed.map(([_id, { version, ...rest }]) => ({
      filter: { _id, version: version - 1 },
      update: { $set: { ...rest, version } },
      upsert: version === 1,
    }))
    await this.connection.transaction(
      async (session) => {
        const saved = await updateEach(this.connection.db!, NAME, writes, session)
        if (saved !== writes.length) throw new Error('somebody else has counted meanwhile')
      },
      { writeConcern: { w: 'majority' } },
    )
  }
}
