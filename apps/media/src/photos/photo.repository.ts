import { type Audience, audienceOf, type Decision, media } from '@mpics/contracts'
import { AggregateStore, Outbox, ProjectionStore, type StoredAggregate, type Versioned } from '@mpics/eventing'
import {
  type Age,
  ConcurrentChangeError,
  Connection,
  countHeld,
  type HeldCount,
  type ListQuery,
  type Page,
  type PageRequest,
  paginate,
  readFew,
  type SortKeys,
} from '@mpics/mongo'
import { PreconditionFailedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import type { Standing } from '@mpics/rights'
import { PhotoNotFoundError } from './photo.errors.js'
import { NEVER_VIEWED, type Photo, type PhotoStatus } from './photo.js'
import type { SightOfPhoto } from './photo-viewers.js'
import { completePhoto } from './stored-photo.js'
import { factOf, type ViewedPhoto } from './viewed-photo.js'

export type ExploreOrder = 'recent' | 'popular'

const EXPLORABLE = { status: 'published', visibility: 'public' } as const
const OWNER_SHOWN = { 'owner.hidden': { $ne: true } } as const
const ORDERS: Record<ExploreOrder, SortKeys> = {
  recent: { publishedAt: -1, _id: -1 },
  popular: { 'views.total': -1, _id: -1 },
}
/** Ids grow with the time of the upload. */
const COLLECTION = 'photos'
const SIGHT = { ownerId: 1, status: 1, visibility: 1, owner: 1 } as const
const LATEST_FIRST: SortKeys = { _id: -1 }
const { Mixed } = mongoose.Schema.Types

@Injectable()
export class PhotoRepository {
  /** The view totals, beside the versioned state: see `setViewTotals`. */
  readonly views: ProjectionStore
  private readonly photos: AggregateStore<Photo>

  constructor(
    private readonly connection: Connection,
    outbox: Outbox,
  ) {
    this.photos = new AggregateStore<Photo>(connection, {
      collection: COLLECTION,
      outbox,
      complete: completePhoto,
      schema: {
        ownerId: String,
        status: String,
        statusBefore: String,
        visibility: String,
        title: String,
        description: String,
        altText: String,
        place: String,
        tags: [String],
        licence: String,
        upload: Mixed,
        contentVersion: Number,
        inHandUntil: Date,
        picture: Mixed,
        rejection: String,
        uploadedAt: Date,
        publishedAt: Date,
        purgeAfter: Date,
        views: { _id: false, total: Number, sequence: Number, suspect: Number },
        owner: Mixed,
      },
      indexes: [
        { name: 'recent', keys: { publishedAt: -1, _id: -1 }, partial: EXPLORABLE },
        { name: 'recent-tagged', keys: { tags: 1, publishedAt: -1, _id: -1 }, partial: EXPLORABLE },
        { name: 'popular', keys: { 'views.total': -1, _id: -1 }, partial: EXPLORABLE },
        { name: 'popular-tagged', keys: { tags: 1, 'views.total': -1, _id: -1 }, partial: EXPLORABLE },
        { name: 'gallery', keys: { ownerId: 1, status: 1, visibility: 1, _id: -1 } },
        { name: 'of-owner', keys: { ownerId: 1, _id: -1 } },
        { name: 'due', keys: { purgeAfter: 1 }, partial: { purgeAfter: { $type: 'date' } } },
      ],
    })
    const model = this.photos.model as unknown as Model<never>
    this.views = new ProjectionStore(model, { within: 'views', blank: NEVER_VIEWED, commandsOn: connection })
  }

  insert(decision: Decision<Photo>): Promise<void> {
    return this.photos.insert(decision)
  }

  find(id: string): Promise<Versioned<Photo> | null> {
    return this.photos.find(id)
  }

  findFew(ids: readonly string[]): Promise<Versioned<Photo>[]> {
    return this.photos.findFew(ids)
  }

  /** As much of each as tells who may see it. */
  async sights(ids: readonly string[]): Promise<SightOfPhoto[]> {
    const few = { collection: COLLECTION, filter: { _id: { $in: ids } }, projection: SIGHT, limit: ids.length }
    return (await readFew<StoredAggregate<SightOfPhoto>>(this.connection.db!, few)).map(sightOf)
  }

  async get(id: string): Promise<Versioned<Photo>> {
    const photo = await this.find(id)
    if (!photo) throw new PhotoNotFoundError()
    return photo
  }

  change(id: string, transition: (photo: Photo) => Decision<Photo>): Promise<Photo> {
    return this.photos.change(id, transition, () => new PhotoNotFoundError())
  }

  /** For If-Match (RFC 9110 §13.1.1): saves only upon the version that the client read. */
  async changeExactly(read: Versioned<Photo>, transition: (photo: Photo) => Decision<Photo>): Promise<void> {
    const { version: _, ...photo } = read
    await this.photos.save(read, transition(photo)).catch((error: unknown) => {
      throw error instanceof ConcurrentChangeError ? new PreconditionFailedError() : error
    })
  }

  /** Beside the versioned state, of which nothing changes: false if it is not there. */
  async letGo(id: string): Promise<boolean> {
    const released = { $set: { inHandUntil: null } }
    return (await this.photos.model.collection.updateOne({ _id: id } as never, released)).matchedCount > 0
  }

  explore(order: ExploreOrder, page: PageRequest, tag?: string): Promise<Page<Photo>> {
    const filter = { ...EXPLORABLE, ...OWNER_SHOWN, ...(tag !== undefined && { tags: tag }) }
    return this.page({ list: ['explore', tag ?? ''], filter, sort: ORDERS[order], page })
  }

  gallery(ownerId: string, admittedTo: readonly Audience[], page: PageRequest): Promise<Page<Photo>> {
    const filter = { ownerId, status: 'published', visibility: { $in: admittedTo }, ...OWNER_SHOWN }
    return this.page({ list: ['gallery', ownerId], filter, sort: LATEST_FIRST, page })
  }

  ofOwner(ownerId: string, page: PageRequest, status?: PhotoStatus): Promise<Page<Photo>> {
    const filter = { ownerId, ...(status && { status }) }
    return this.page({ list: ['of owner', ownerId, status ?? ''], filter, sort: LATEST_FIRST, page })
  }

  /** Every photo of one owner, whatever its status. */
  async *allOf(ownerId: string): AsyncGenerator<Photo> {
    const found = this.photos.model.find({ ownerId } as never).lean<StoredAggregate<Photo>[]>()
    for await (const document of found.cursor()) yield this.photos.stateOf(document)
  }

  countHeld(ownerId: string, age: Age | null): Promise<HeldCount> {
    return countHeld(this.photos.model, { ownerId }, age)
  }

  /** At most `most` photos that may be erased by now. */
  async due(now: Date, most: number): Promise<string[]> {
    const due = { purgeAfter: { $type: 'date', $lte: now } } // $type, or the partial index is not taken
    return this.ids(this.photos.model.find(due as never).sort({ purgeAfter: 1 }), most)
  }

  /** False while the fact of it waits to be published: call again. */
  async erase(id: string): Promise<boolean> {
    const { waiting } = await this.photos.erase(id, () => [media.photoErased.of({ photoId: id })])
    return waiting === 0
  }

  /** The photos whose uploaded bytes the worker still needs. */
  async awaitingRenditions(ids: readonly string[]): Promise<Set<string>> {
    const processing = [{ status: 'processing' }, { status: 'removed', statusBefore: 'processing' }]
    return new Set(await this.ids(this.photos.model.find({ _id: { $in: ids }, $or: processing } as never), ids.length))
  }

  async countUploadsSince(ownerId: string, since: Date, most: number): Promise<number> {
    return this.photos.model.countDocuments({ ownerId, _id: { $gte: firstIdAt(since) } } as never, { limit: most })
  }

  /**
   * Writes beside the versioned state on purpose: the total is a projection of analytics' fact to sort by, and neither an
   * ETag nor another change should notice it. The later fact wins, whichever comes first.
   */
  async setViewTotals(viewed: readonly ViewedPhoto[]): Promise<void> {
    await this.views.applyAll(viewed.map(factOf))
  }

  /** Beside the versioned state, as the view totals are. A photo with a later mark keeps it. */
  async markOlder(which: { ownerId: string } | { _id: string }, owner: Standing): Promise<void> {
    const older = [{ 'owner.sequence': { $lt: owner.sequence } }, { owner: { $exists: false } }]
    await this.photos.model.collection.updateMany({ ...which, $or: older } as never, { $set: { owner } })
  }

  async markOthers(ownerId: string, owner: Standing): Promise<void> {
    const others = [{ 'owner.sequence': { $ne: owner.sequence } }, { 'owner.hidden': { $ne: owner.hidden } }]
    await this.photos.model.collection.updateMany({ ownerId, $or: others }, { $set: { owner } })
  }

  async hiddenOwnersAmong(ownerIds: readonly string[]): Promise<string[]> {
    const hidden = { ownerId: { $in: [...ownerIds] }, 'owner.hidden': true }
    return (await this.photos.model.collection.distinct('ownerId', hidden)) as string[]
  }

  private async page(query: ListQuery): Promise<Page<Photo>> {
    const { items, nextCursor } = await paginate(this.photos.model, query)
    return {
      items: items.map((found) => this.photos.stateOf(found as StoredAggregate<Photo>)),
      nextCursor,
    }
  }

  private async ids(query: mongoose.Query<unknown, unknown>, most: number): Promise<string[]> {
    const found = await query.select({ _id: 1 }).limit(most).lean<{ _id: string }[]>()
    return found.map(({ _id }) => _id)
  }
}

const sightOf = ({ _id, ownerId, status, visibility, owner }: StoredAggregate<SightOfPhoto>): SightOfPhoto => ({
  id: _id,
  ownerId,
  status,
  visibility: audienceOf(visibility),
  ...(owner && { owner }),
})

/** The smallest UUIDv7 of a moment (RFC 9562 §5.7). */
function firstIdAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
