import type { Decision } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate } from '@mpics/eventing'
import {
  Connection,
  keptUntil,
  ownedDocuments,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
} from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import { endFollow, firstFollow, type Follow, followId, startFollow } from './follow.js'
import { followFields } from './follow-fields.js'
import { FollowNotFoundError } from './follow.errors.js'
import { ErasedFollowsRepository } from './erased-follows.repository.js'
import { HiddenFollowsRepository } from './hidden-follows.repository.js'
import type { Counts } from './tally.repository.js'

type FollowDocument = StoredAggregate<Follow>
type End = 'followerId' | 'followedId'

const text = { type: String, required: true }
const schema = {
  followerId: text,
  followedId: text,
  active: { type: Boolean, required: true },
  since: { type: Date, default: null },
  standing: Schema.Types.Mixed,
}

// Counting the hidden reads keys alone, and these indexes hold no others.
const [FOLLOWER, FOLLOWED] = ['standing.follower.hidden', 'standing.followed.hidden']
const indexes: AggregateIndex[] = [
  { name: 'followers', keys: { followedId: 1, active: 1, since: -1, _id: -1 } },
  { name: 'following', keys: { followerId: 1, active: 1, since: -1, _id: -1 } },
  { name: 'hidden-followers', keys: { followedId: 1, active: 1, [FOLLOWER]: 1 }, partial: { [FOLLOWER]: true } },
  { name: 'hidden-followed', keys: { followerId: 1, active: 1, [FOLLOWED]: 1 }, partial: { [FOLLOWED]: true } },
]

const BY_ID = { _id: 1 } as const
const LATEST_FIRST = { since: -1, _id: -1 } as const

@Injectable()
export class FollowRepository {
  private readonly store: AggregateStore<Follow>

  constructor(
    private readonly connection: Connection,
    outbox: Outbox,
    personalData: PersonalData,
    erased: ErasedFollowsRepository,
    private readonly hidden: HiddenFollowsRepository,
  ) {
    this.store = new AggregateStore<Follow>(connection, { collection: 'follows', schema, indexes, outbox })
    personalData.register({
      ...ownedDocuments(this.store.model, {
        subject: 'the accounts that `followerId` and `followedId` name',
        purpose: 'community',
        ...keptUntil('one of the two accounts is erased'),
        fields: followFields,
        shownTo: 'everybody',
        owners: ['followerId', 'followedId'],
        exported: ({ followerId, followedId, active, since }, accountId) =>
          followerId === accountId ? { followedId, active, since } : null,
      }),
      erase: (accountId) => erased.erase(accountId),
    })
  }

  /** Of concurrent attempts one inserts or changes the document; the others find it done. */
  async start(followerId: string, followedId: string, now: Date): Promise<'first' | 'again' | 'done'> {
    const first = firstFollow(followerId, followedId, now)
    // most follows are new: a look for it first would be one more wait for the mail
    if (await this.store.insertFirst(first)) return 'first'
    return (await this.change(first.state.id, (follow) => startFollow(follow, now))) ? 'again' : 'done'
  }

  async end(followerId: string, followedId: string): Promise<boolean> {
    const id = followId(followerId, followedId)
    return (await this.store.find(id)) !== null && this.change(id, endFollow)
  }

  /** From the indexes (COUNT_SCAN). Measured: 0.5 µs a follower on one busy core, 5 ms for 10,000. */
  async counts(id: string): Promise<Counts> {
    const [followers, following, hidden] = await Promise.all([
      this.count('followedId', id),
      this.count('followerId', id),
      this.hidden.counts(id),
    ])
    return { followers: followers - hidden.followers, following: following - hidden.following }
  }

  async followedAmong(viewerId: string, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const pairs = ids.map((id) => followId(viewerId, id))
    const found = this.documents.find({ _id: { $in: pairs }, active: true }, { projection: { followedId: 1 } })
    return new Set((await found.toArray()).map(({ followedId }) => followedId))
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

  private async change(id: string, transition: (follow: Follow) => Decision<Follow>): Promise<boolean> {
    let isChanged = false
    const noted = (follow: Follow) => {
      const decision = transition(follow)
      isChanged = decision.changed
      return decision
    }
    await this.store.change(id, noted, notFound)
    return isChanged
  }

  /** Only majority writes: a count that is kept must not include one that a failover takes back. */
  private count(end: End, id: string): Promise<number> {
    return this.documents.countDocuments({ [end]: id, active: true }, { readConcern: { level: 'majority' } })
  }

  private get documents() {
    return this.connection.db!.collection<FollowDocument>('follows')
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
