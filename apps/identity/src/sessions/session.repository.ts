import type { Decision } from '@mpics/contracts'
import { type AggregateIndex, AggregateStore, Outbox, type StoredAggregate, type StoredState } from '@mpics/eventing'
import {
  Connection,
  days,
  ownedDocuments,
  type Page,
  type PageRequest,
  paginate,
  PersonalData,
  readOne,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import { sessionFields } from './session-fields.js'
import type { Session } from './session.js'
import { SessionNotFoundError } from './session.errors.js'

const text = { type: String, required: true }
const time = { type: Date, required: true }
const schema = {
  accountId: text,
  credentials: { type: String, default: null },
  openedAt: time,
  provedAt: { type: Date, default: null },
  factorProvedAt: { type: Date, default: null },
  provedBy: [String],
  lastSeenAt: time,
  browser: text,
  country: { type: String, default: null },
  sharedComputer: { type: Boolean, required: true },
  knownBrowserHash: { type: String, default: null },
  guesses: new Schema({ count: Number, notBefore: Date, forgetAt: Date }, { _id: false }),
  refreshHash: text,
  pageHash: { type: String, default: null },
  spent: [new Schema({ hash: text, at: time }, { _id: false })],
  idleUntil: time,
  expiresAt: time,
  endedAt: { type: Date, default: null },
  endedBy: { type: String, default: null },
  purgeAt: time,
}

const RETENTION = days(90).after('the session was opened').endsAt('purgeAt')

const indexes: AggregateIndex[] = [
  { name: 'newest', keys: { accountId: 1, endedAt: 1, openedAt: -1, _id: -1 } },
  { name: 'newest-of-browser', keys: { accountId: 1, knownBrowserHash: 1, openedAt: -1, _id: -1 } },
  { name: 'purge', keys: ttlKeys(RETENTION), expireAfterSeconds: ttlSeconds(RETENTION) },
]

const formerIndexes = ['live', 'known-browser', 'browser']

/** Gives every field that was added later its default. */
function complete(stored: StoredState<Session>): Session {
  const session = { ...defaults, ...stored } as Session
  return { ...session, provedAt: stored.provedAt ?? session.openedAt }
}

const defaults = {
  credentials: null,
  factorProvedAt: null,
  provedBy: ['password'] as const,
  country: null,
  knownBrowserHash: null,
  pageHash: null,
  spent: [],
  endedAt: null,
  endedBy: null,
}

const EXPORTED = ['browser', 'country', 'sharedComputer', 'openedAt', 'provedAt', 'lastSeenAt', 'guesses', 'endedAt']

/** Leaves out the hashes, which are secrets. */
const exported = ({ _id, ...stored }: Record<string, unknown>) => ({
  id: _id,
  ...Object.fromEntries(EXPORTED.map((field) => [field, stored[field]])),
})

export const NEWEST_FIRST = { openedAt: -1, _id: -1 } as const

export const SESSIONS = 'sessions'

@Injectable()
export class SessionRepository {
  private readonly store: AggregateStore<Session>

  constructor(
    private readonly connection: Connection,
    outbox: Outbox,
    personalData: PersonalData,
  ) {
    const collection = { collection: SESSIONS, schema, indexes, formerIndexes }
    this.store = new AggregateStore<Session>(connection, { ...collection, outbox, complete })
    personalData.register(
      ownedDocuments(this.store.model, {
        subject: 'the account whose id is `accountId`',
        purpose: 'security',
        ...RETENTION,
        fields: sessionFields,
        owners: ['accountId'],
        exported,
      }),
    )
  }

  async insert(session: Decision<Session>): Promise<void> {
    await this.store.insert(session)
  }

  find(id: string): Promise<Session | null> {
    return this.store.find(id)
  }

  findMany(ids: readonly string[]): Promise<Session[]> {
    return this.store.findMany(ids)
  }

  change(id: string, transition: (session: Session) => Decision<Session>): Promise<Session> {
    return this.store.change(id, transition, () => new SessionNotFoundError())
  }

  async listLive(accountId: string, page: PageRequest, now: Date): Promise<Page<Session>> {
    const filter = liveAt(accountId, now)
    const query = { list: ['sessions', accountId], filter, sort: NEWEST_FIRST, page }
    const found = await paginate<StoredAggregate<Session>>(this.store.model, query)
    return { items: found.items.map((document) => this.store.stateOf(document)), nextCursor: found.nextCursor }
  }

  /** Includes expired sessions: their last access token may still be valid. */
  async idsNotEnded(accountId: string): Promise<string[]> {
    const found = await this.store.model.find(liveOf(accountId), { _id: 1 }).lean()
    return found.map(({ _id }) => _id)
  }

  async hasLoggedIn(accountId: string): Promise<boolean> {
    return this.exists({ accountId })
  }

  async isKnownBrowser(accountId: string, knownBrowserHash: string): Promise<boolean> {
    return this.exists({ accountId, knownBrowserHash })
  }

  private async exists(filter: { accountId: string; knownBrowserHash?: string }): Promise<boolean> {
    const one = { collection: SESSIONS, filter, projection: { _id: 1 } } as const
    return (await readOne(this.connection.db!, one)) !== null
  }
}

const liveOf = (accountId: string) => ({ accountId, endedAt: null })
export const liveAt = (accountId: string, now: Date) => ({
  ...liveOf(accountId),
  idleUntil: { $gt: now },
  expiresAt: { $gt: now },
})
