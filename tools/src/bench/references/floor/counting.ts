import { type Connection, type Session, updateEach, type UpdateOfOne } from '@mpics/mongo'
import { LRUCache } from 'lru-cache'
import { Hours, openSince } from './hours.js'
import { browsersIn } from './sketch.js'
import {
  type Change,
  guardedWriteOf,
  partsOf,
  type Place,
  type Stored,
  tallyOf,
  unread,
  writeOf,
} from './stored-tally.js'
import { emptyTally, type Tally, withViews } from './tally.js'
import { isOfPerson, type View } from './view.js'
import { type Stretch, stretchOf, VIEW_LOG, viewsIn } from './view-log.js'

export const TALLIES = 'floor_tallies'
export const DAYS = 'floor_days'
export const HOURS = 'floor_hours'
export const PLACES = 'floor_places'
const TALLY_BYTES = 500
const MAX_BYTES = 16 * 1024 * 1024

export interface Total {
  page: string
  total: number
  unique: number
}

interface Moment {
  fresh: Map<number, View[]>
  pages: Change<Tally>[]
  places: Change<Place>[]
}

/**
 * Counts each view once, whenever and however often it comes. All views of a page are in one partition, and whoever counts some changes the
 * place of that partition in the same transaction: what is in memory holds while nobody else has.
 */
export class Counting {
  private readonly places = new Map<number, Place>()
  private readonly hours = new Hours()
  private readonly known = new LRUCache<string, Tally>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ sketch, visitors }) => TALLY_BYTES + sketch.length + visitors.length,
  })

  constructor(private readonly connection: Connection) {}

  /** Resolves to the totals of all these pages, also where these views were counted before. */
  count(views: readonly View[]): Promise<Total[]> {
    return this.orForget(async () => {
      await this.learn(new Set(views.map(({ partition }) => partition)))
      const names = new Set(views.filter(isOfPerson).map(({ page }) => page))
      const { fresh, pages, places } = await this.inTransaction(async (session) => {
        const moment = this.momentOf(views, await this.find([...names], session))
        if (moment.fresh.size > 0) await this.save(moment, session)
        return moment
      })
      for (const { id, after } of pages) this.known.set(id, after)
      for (const { id, after } of places) this.places.set(Number(id), after)
      for (const [partition, some] of fresh) this.hours.add(partition, some)
      return pages.map(totalOf)
    })
  }

  /** Saves what has changed of the hours that go on. */
  saveHours(): Promise<void> {
    return this.orForget(async () => {
      const hours = this.hours.take()
      if (hours.length === 0) return
      const places = [...new Set(hours.map(({ partition }) => partition))].map((partition) => {
        const before = this.places.get(partition)!
        return { id: String(partition), before, after: { ...before, version: before.version + 1 }, ended: [] }
      })
      const writes = hours.map(({ _id, ...cells }) => ({ filter: { _id }, update: { $set: cells }, upsert: true }))
      await this.inTransaction(async (session) => {
        await this.update(PLACES, places.map(guardedWriteOf), session)
        await this.update(HOURS, writes, session)
      })
      for (const { id, after } of places) this.places.set(Number(id), after)
    })
  }

  private momentOf(views: readonly View[], tallies: ReadonlyMap<string, Tally>): Moment {
    const fresh = new Map<number, View[]>()
    for (const [partition, some] of Map.groupBy(views, (view) => view.partition)) {
      const added = uncounted(some, this.places.get(partition)!.end)
      if (added.length > 0) fresh.set(partition, added)
    }
    const byPage = Map.groupBy([...fresh.values()].flat().filter(isOfPerson), ({ page }) => page)
    const pages = [...new Set([...tallies.keys(), ...byPage.keys()])].map((id) => {
      const before = tallies.get(id) ?? emptyTally
      const { tally, ended } = withViews(before, byPage.get(id) ?? [])
      return { id, before, after: tally, ended }
    })
    const places = [...fresh].map(([partition, some]) => {
      const before = this.places.get(partition)!
      const { tally, ended } = withViews(before, some.filter(isOfPerson))
      const { offset: end } = some.at(-1)!
      return { id: String(partition), before, after: { ...tally, end, version: before.version + 1 }, ended }
    })
    return { fresh, pages, places }
  }

  private async save({ fresh, pages, places }: Moment, session: Session): Promise<void> {
    const counted = pages.filter(({ before, after: { total } }) => total !== before.total)
    const ended = [...pages, ...places].flatMap(partsOf)
    await this.update(PLACES, places.map(guardedWriteOf), session)
    await this.update(TALLIES, counted.map(writeOf), session)
    await this.insert(VIEW_LOG, [...fresh].map(stretchOf), session)
    await this.insert(DAYS, ended, session)
  }

  /** Up to where these partitions are counted, and what their open hours have counted. */
  private async learn(partitions: Iterable<number>): Promise<void> {
    for (const partition of partitions) {
      if (this.places.has(partition)) continue
      const places = this.db.collection<Stored<Place>>(PLACES)
      const stored = await places.findOne({ _id: String(partition) }, { readConcern: 'majority' })
      const log = this.db.collection<Stretch>(VIEW_LOG).find({ partition, savedAt: { $gte: openSince() } })
      for await (const stretch of log) this.hours.add(partition, viewsIn(stretch))
      this.places.set(partition, stored ? tallyOf(unread, stored) : unread)
    }
  }

  private async find(pages: readonly string[], session: Session): Promise<Map<string, Tally>> {
    const found = new Map<string, Tally>()
    const unknown: string[] = []
    for (const page of pages) {
      const tally = this.known.get(page)
      if (tally) found.set(page, tally)
      else unknown.push(page)
    }
    if (unknown.length === 0) return found
    const stored = this.db.collection<Stored<Tally>>(TALLIES).find({ _id: { $in: unknown } }, { session })
    for (const one of await stored.toArray()) found.set(one._id, tallyOf(emptyTally, one))
    return found
  }

  private async update(collection: string, writes: readonly UpdateOfOne[], session: Session): Promise<void> {
    const found = await updateEach(this.db, collection, writes, session)
    if (found !== writes.length) throw new Error('somebody else has counted meanwhile')
  }

  private async insert(collection: string, documents: readonly { _id: string }[], session: Session): Promise<void> {
    if (documents.length > 0)
      await this.db.collection<{ _id: string }>(collection).insertMany([...documents], { session })
  }

  /** One transaction wakes the change streams on a server once. */
  private async inTransaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    let made: T
    const once = async (session: Session) => void (made = await work(session))
    await this.connection.transaction(once, { writeConcern: { w: 'majority' } })
    return made!
  }

  private async orForget<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      this.places.clear()
      this.known.clear()
      this.hours.forget()
      throw error
    }
  }

  private get db() {
    return this.connection.db!
  }
}

/** Of views in the order of their partition. */
function uncounted(views: readonly View[], end: number): View[] {
  let last = end
  return views.filter(({ offset }) => offset > last && (last = offset) === offset)
}

const totalOf = ({ id, after: { total, sketch } }: Change<Tally>): Total => ({
  page: id,
  total,
  unique: Math.min(total, browsersIn(sketch)),
})
