import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate } from '@mpics/eventing'
import {
  Connection,
  isDuplicateKey,
  ownedDocuments,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
} from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { endFollow, firstFollow, type Follow, followId, startFollow } from './follow.js'
import { FollowNotFoundError } from './follow.errors.js'

type FollowDocument = StoredAggregate<Follow>
type End = 'followerId' | 'followedId'

const text = { type: String, required: true }
const schema = {
  followerId: text,
  followedId: text,
  active: { type: Boolean, required: true },
  since: { type: Date, default: null },
}

const indexes: AggregateIndex[] = [
  { name: 'followers', keys: { followedId: 1, active: 1, since: -1, _id: -1 } },
  { name: 'following', keys: { followerId: 1, active: 1, since: -1, _id: -1 } },
]

const BY_ID = { _id: 1 } as const
const LATEST_FIRST = { since: -1, _id: -1 } as const

@Injectable()
export class FollowRepository {
  private readonly store: AggregateStore<Follow>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    this.store = new AggregateStore<Follow>(connection, { collection: 'follows', schema, indexes, outbox })
    personalData.register(
      ownedDocuments(this.store.model, {
        subject: 'the accounts that `followerId` and `followedId` name',
        purpose: 'community',
        retention: 'until one of the two accounts is erased',
        owners: ['followerId', 'followedId'],
        exported: ({ followerId, followedId, active, since }, accountId) =>
          followerId === accountId ? { followedId, active, since } : null,
      }),
    )
  }

  /** Of concurrent attempts one inserts or changes the document; the others find it done. */
  async start(followerId: string, followedId: string, now: Date): Promise<void> {
    const first = firstFollow(followerId, followedId, now)
    const known = await this.store.find(first.state.id)
    if (!known && (await this.insert(first))) return
    await this.store.change(first.state.id, (follow) => startFollow(follow, now), notFound)
  }

  async end(followerId: string, followedId: string): Promise<void> {
    const id = followId(followerId, followedId)
    if (await this.store.find(id)) await this.store.change(id, endFollow, notFound)
  }

  /**
   * Counts from the indexes (COUNT_SCAN): a stored counter could be wrong after a crash or a race. Measured: 0.5 µs a follower
   * on one busy core, 5 ms for 10,000; far beyond that a counter is needed.
   */
  async counts(id: string): Promise<{ followers: number; following: number }> {
    const [followers, following] = await Promise.all([this.count('followedId', id), this.count('followerId', id)])
    return { followers, following }
  }

  async between(viewerId: string, id: string): Promise<{ following: boolean; followedBy: boolean }> {
    const [to, from] = [followId(viewerId, id), followId(id, viewerId)]
    const found = await this.store.findMany([to, from])
    const holds = (pair: string) => found.some((follow) => follow.id === pair && follow.active)
    return { following: holds(to), followedBy: holds(from) }
  }

  async followedAmong(viewerId: string, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const found = await this.store.findMany(ids.map((id) => followId(viewerId, id)))
    return new Set(found.filter((follow) => follow.active).map((follow) => follow.followedId))
  }

  followersOf(id: string, page: PageRequest): Promise<Page<string>> {
    return this.page('followedId', id, 'followerId', page)
  }

  followedBy(id: string, page: PageRequest): Promise<Page<string>> {
    return this.page('followerId', id, 'followedId', page)
  }

  /** Includes ended pairs. Reads only majority writes: a projection would never learn that a failover took one back. */
  snapshot(page: PageRequest): Promise<Page<FollowDocument>> {
    const query = { list: ['follows'], filter: {}, sort: BY_ID, page, readConcern: 'majority' } as const
    return paginate<FollowDocument>(this.store.model, query)
  }

  private async insert(first: ReturnType<typeof firstFollow>): Promise<boolean> {
    try {
      await this.store.insert(first)
      return true
    } catch (error) {
      if (isDuplicateKey(error, '_id_')) return false
      throw error
    }
  }

  private count(end: End, id: string): Promise<number> {
    return this.store.model.countDocuments({ [end]: id, active: true })
  }

  private async page(end: End, id: string, other: End, page: PageRequest): Promise<Page<string>> {
    const { items, nextCursor } = await paginate<FollowDocument>(this.store.model, {
      list: [end, id],
      filter: { [end]: id, active: true },
      sort: LATEST_FIRST,
      page,
    })
    return { items: items.map((follow) => follow[other]), nextCursor }
  }
}

const notFound = () => new FollowNotFoundError()
