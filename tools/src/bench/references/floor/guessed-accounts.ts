import { changeAtLeastOnce, readOne } from '@mpics/mongo'
import type { mongo } from 'mongoose'
import { admitted, type Guesses, oneMore } from './guesses.js'

export interface Account {
  _id: string
  passwordHash: string
  state: string
  sessions: object[]
  guesses?: Record<string, Guesses>
}

/** Counted before the password is compared. */
export interface Guess {
  account: Account | null
  /** Comes before anybody hears that it was wrong. */
  keep: () => Promise<unknown>
  succeeded: () => Promise<unknown>
}

const NAME = 'floor_accounts'
const durable = { writeConcern: { w: 'majority' } } as const

/** Guesses of a known browser count beside its account, apart from those of all others, which count by the name that they typed. */
export class GuessedAccounts {
  constructor(private readonly db: mongo.Db) {}

  async insert(accounts: readonly Account[]): Promise<void> {
    await this.accounts.insertMany([...accounts])
    await this.names.createIndex({ forgetAt: 1 }, { expireAfterSeconds: 0 })
  }

  async guess(login: string, browser: string | undefined): Promise<Guess> {
    return (browser && (await this.ofBrowser(login, browser))) || this.ofName(login)
  }

  /** One command finds the account, recognises the browser, and counts. The session that follows is what waits for a majority. */
  private async ofBrowser(_id: string, browser: string): Promise<Guess | undefined> {
    const [now, field] = [new Date(), `guesses.${browser}`]
    const account = await changeAtLeastOnce<Account>(this.db, {
      collection: NAME,
      filter: { _id, 'sessions.browser': browser },
      sort: { _id: 1 },
      projection: { passwordHash: 1, [field]: 1 },
      change: [{ $set: { [field]: oneMore(`$${field}`, now) } }],
    })
    if (!account) return undefined
    const count = admitted(account.guesses?.[browser], now)
    const keep = () => this.accounts.updateOne({ _id }, { $max: { [`${field}.count`]: count } }, durable)
    return { account, keep, succeeded: () => Promise.resolve() }
  }

  private async ofName(_id: string): Promise<Guess> {
    const now = new Date()
    const change = [{ $replaceWith: { $mergeObjects: ['$$ROOT', oneMore('$$ROOT', now)] } }]
    const before = await this.names.findOneAndUpdate({ _id }, change, { upsert: true, ...durable })
    admitted(before ?? undefined, now)
    const account = await readOne<Account>(this.db, { collection: NAME, filter: { _id } })
    const none = () => Promise.resolve()
    return { account, keep: none, succeeded: () => this.names.deleteOne({ _id }, { writeConcern: { w: 1 } }) }
  }

  private get accounts(): mongo.Collection<Account> {
    return this.db.collection<Account>(NAME)
  }

  private get names(): mongo.Collection<Guesses & { _id: string }> {
    return this.db.collection<Guesses & { _id: string }>('floor_attempts')
  }
}
