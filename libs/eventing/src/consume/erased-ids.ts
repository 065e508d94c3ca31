import { hash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { Connection, readFew } from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap, Optional } from '@nestjs/common'
import { LAST_TRACE_DAYS } from '../topics/topic-plan.js'
import { RecentLooks, RELIED_ON_MS } from './recent-looks.js'

interface Entry {
  _id: string
  expiresAt: Date
}

const COLLECTION = '_erased'
/** As long as Kafka may hold a word of it, and clocks differ. */
const MAX_LATE_DAYS = LAST_TRACE_DAYS + 2
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

const hashOf = (id: string): string => hash('sha256', `erased ${id}`, 'base64url')
/** What an event names; the data of a page view tells of a browser, and its subject is the page. */
export const namedBy = ({ type, subject, data }: Pick<Envelope, 'type' | 'subject' | 'data'>): unknown =>
  type.startsWith('traffic.') ? subject : [subject, data]

const idsIn = (item: unknown): string[] =>
  (typeof item === 'string' ? item : JSON.stringify(item ?? null)).match(UUID) ?? []

type EraseAgain = (ids: readonly string[], signal?: AbortSignal) => Promise<void>

/**
 * Remembers what was erased, as hashes of random ids, so that nothing late brings it back: an event, a dead letter, a fact of a rebuild.
 * Whoever erases remembers first. Whoever writes looks afterwards: then the one or the other sees it. Most look before, too, and write
 * nothing; whoever looks `beside` or only `after` it (see `Look`) lets the look afterwards erase it. A look that is a moment old still
 * counts, since whoever erases waits for longer than that.
 */
@Injectable()
export class ErasedIds implements OnApplicationBootstrap {
  private readonly listeners: EraseAgain[] = []
  private readonly looks = new RecentLooks((ids) => this.find(ids))
  private indexed?: Promise<unknown>

  constructor(@Optional() private readonly connection?: Connection) {}

  async onApplicationBootstrap(): Promise<void> {
    await (this.indexed ??= this.makeIndex())
    // a primary that was deposed answers for some seconds without what its successor was told
    this.connection?.getClient().on('topologyDescriptionChanged', () => this.looks.forget())
  }

  /** `eraseAgain` must be safe to repeat. It need not remember again. */
  onLate(eraseAgain: EraseAgain): void {
    this.listeners.push(eraseAgain)
  }

  /** Resolves when nobody relies any more on having looked before; what is erased then stays so. */
  async remember(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await (this.indexed ??= this.makeIndex())
    const expiresAt = new Date(Date.now() + MAX_LATE_DAYS * DAY_MS)
    const written = ids.map((id) => ({
      updateOne: { filter: { _id: hashOf(id) }, update: { $set: { expiresAt } }, upsert: true },
    }))
    await this.entries?.bulkWrite(written, { ordered: false })
    this.looks.forget()
    await delay(RELIED_ON_MS)
  }

  async among(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.looks.among(ids)
  }

  async isNamedIn(item: unknown): Promise<boolean> {
    return (await this.namedIn([item])).size > 0
  }

  /** The items that name nothing erased. What the others have brought back before is erased again. */
  async without<T>(
    items: readonly T[],
    named: (item: T) => unknown = (item) => item,
    signal?: AbortSignal,
  ): Promise<T[]> {
    const erased = await this.namedIn(items.map(named))
    if (erased.size === 0) return [...items]
    await this.eraseAgain(erased, signal)
    return items.filter((item) => !idsIn(named(item)).some((id) => erased.has(id)))
  }

  /** Erases what was written about something that was erased meanwhile. */
  async recheck(items: readonly unknown[], signal?: AbortSignal): Promise<void> {
    const erased = await this.namedIn(items)
    if (erased.size > 0) await this.eraseAgain(erased, signal)
  }

  private namedIn(items: readonly unknown[]): Promise<ReadonlySet<string>> {
    const ids = new Set<string>()
    for (const item of new Set(items)) for (const id of idsIn(item)) ids.add(id)
    return this.among([...ids])
  }

  private async eraseAgain(ids: ReadonlySet<string>, signal?: AbortSignal): Promise<void> {
    for (const listener of this.listeners) await listener([...ids], signal)
  }

  private async find(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const byHash = new Map(ids.map((id) => [hashOf(id), id]))
    const db = this.connection?.db
    if (byHash.size === 0 || !db) return new Set()
    const wanted = { filter: { _id: { $in: [...byHash.keys()] } }, projection: { _id: 1 }, limit: byHash.size } as const
    const found = await readFew<Pick<Entry, '_id'>>(db, { collection: COLLECTION, ...wanted })
    return new Set(found.map(({ _id }) => byHash.get(_id)!))
  }

  private get entries() {
    return this.connection?.db?.collection<Entry>(COLLECTION)
  }

  private async makeIndex(): Promise<void> {
    try {
      await this.entries?.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'expiry' })
    } catch (error) {
      this.indexed = undefined
      throw error
    }
  }
}
