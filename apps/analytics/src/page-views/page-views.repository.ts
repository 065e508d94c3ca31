import { analytics, type Decision } from '@mpics/contracts'
import { AggregateStore, Outbox, type StoredAggregate, tombstone, Transactions, type Versioned } from '@mpics/eventing'
import { about, Connection, type Erasure, PersonalData, readFew, type Session } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { profilePageOf, profilePages } from '../tallies/profile-page.js'
import type { Counting } from '../tallies/counting.js'
import { KnownTallies } from '../tallies/known-tallies.js'
import { tallyOf, tallySchema, untilDurable } from '../tallies/tally.repository.js'
import type { View } from '../tallies/tally.js'
import { countViews, type PageViews, unseenPage } from './page-views.js'

const COLLECTION = 'pages'
const OWN_VIEWS = { day: about.technical('trend-analysis'), views: about.technical('trend-analysis') }

export interface ViewCount {
  page: string
  total: number
  unique: number
}

export interface Correction {
  current: Versioned<PageViews> | null
  decision: Decision<PageViews>
}

/** One document a page: total, sketch, offsets and unpublished event are saved together. */
@Injectable()
export class PageViewsRepository {
  private readonly store: AggregateStore<PageViews>
  private readonly known = new KnownTallies<Versioned<PageViews>>((pages, session) => this.few(pages, session))

  constructor(
    private readonly connection: Connection,
    outbox: Outbox,
    personalData: PersonalData,
    transactions: Transactions,
  ) {
    this.store = new AggregateStore<PageViews>(connection, {
      collection: COLLECTION,
      schema: { ...tallySchema, own: { day: String, views: Number } },
      outbox,
      transactions,
    })
    personalData.register({
      ...profilePages(this.store.model, '_id', ['asOf'], { own: OWN_VIEWS }),
      erase: (accountId) => this.erasePage(profilePageOf(accountId)),
    })
  }

  /** Its last word in the compacted topic is taken back first. */
  erasePage(page: string): Promise<Erasure> {
    return this.store.erase(page, () => [tombstone(analytics.viewTotalUpdated, page)])
  }

  /** Makes at most one request for a thousand pages, and another to save them. A view that was counted before changes nothing. */
  async counting(viewsByPage: ReadonlyMap<string, readonly View[]>, session?: Session): Promise<Counting> {
    const { tallies, wasRead } = await this.known.take([...viewsByPage.keys()], session)
    const counted = [...viewsByPage].map(([page, views]) => {
      const current = tallies.get(page) ?? null
      const decision = countViews(current ?? unseenPage(page), views)
      return { current, decision, readIn: wasRead(page) ? session : undefined }
    })
    const changes = counted.filter(({ decision }) => decision.changed).length
    let saved: Versioned<PageViews>[] = []
    return {
      changes,
      save: async (session) => {
        saved = await this.store.saveMany(counted, session)
        if (!session && changes < viewsByPage.size) await untilDurable(this.store.model)
      },
      remember: () => this.known.keep([...tallies, ...saved.map((page) => [page.id, page] as const)]),
    }
  }

  async totals(pages: readonly string[]): Promise<ViewCount[]> {
    const [page] = pages
    const found = await readFew<StoredAggregate<PageViews>>(this.connection.db!, {
      collection: COLLECTION,
      filter: { _id: pages.length === 1 ? page : { $in: pages } },
      projection: { total: 1, unique: 1 },
      limit: pages.length,
    })
    return found.map(({ _id, total, unique }) => ({ page: _id, total, unique }))
  }

  /** As they are stored, past what this replica remembers. */
  async stored(pages: readonly string[]): Promise<Map<string, Versioned<PageViews>>> {
    return byId(await this.store.findMany(pages))
  }

  /** Throws `ConcurrentChangeError` when somebody has counted meanwhile; the others are saved. */
  async correct(changes: readonly Correction[]): Promise<void> {
    await this.store.saveMany(changes)
  }

  /** The names of pages, in their order, after this one. */
  async names(after: string, most: number): Promise<string[]> {
    const found = this.store.model.collection.find({ _id: { $gt: after } } as never, { projection: { _id: 1 } })
    const pages = await found.sort({ _id: 1 }).limit(most).toArray()
    return pages.map(({ _id }) => String(_id))
  }

  /** Some pages, by chance. */
  async some(most: number): Promise<string[]> {
    const steps = [{ $sample: { size: most } }, { $project: { _id: 1 } }]
    const found = await this.store.model.collection.aggregate<{ _id: string }>(steps).toArray()
    return found.map(({ _id }) => _id)
  }

  /** Number of pages ever viewed; from the collection's own record of its size. */
  pages(): Promise<number> {
    return this.store.model.estimatedDocumentCount()
  }

  private async few(pages: readonly string[], session?: Session): Promise<Map<string, Versioned<PageViews>>> {
    return byId(await this.store.findFew(pages, session))
  }
}

/** The store's `complete` would make each save write an unchanged sketch of 4 KiB. */
const byId = (found: readonly Versioned<PageViews>[]) =>
  new Map(found.map((page) => [page.id, { ...page, ...tallyOf(page) }]))
