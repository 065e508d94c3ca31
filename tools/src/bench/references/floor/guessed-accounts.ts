import { readOne } from '@mpics/mongo'
import type { mongo } from 'mongoose'
import { type Guesses, mustNotWait, oneMore } from './guesses.js'

export interface Account {
  _id: string
  passwordHash: string
  state: string
  sessions: object[]
  guesses?: Record<string, Guesses>
}

export interface Guess {
  account: Account | null
  succeeded: () => Promise<unknown>
}

const NAME = 'floor_accounts'
const durable = { writeConcern: { w: 'majority' } } as const

/**
 * Guesses of a known browser count beside its account, apart from those of all others, which count by the name that they typed. Each counts
 * before it is compared: of many at once no more are told anything than ten.
 */
export class GuessedAccounts {
  constructor(private readonly db: mongo.Db) {}

  async insert(accounts: readonly Account[]): Promise<void> {
    await this.accounts.insertMany([...accounts])
    await this.names.createIndex({ forgetAt: 1 }, { expireAfterSeconds: 0 })
  }

  async guess(login: string, browser: string | undefined): Promise<Guess> {
    return (browser && (await this.ofBrowser(login, browser))) || this.ofName(login)
  }

  /** One command counts, finds the account and recognises the browser. The write that comes next waits for a majority, even where it finds nothing. */
  private async ofBrowser(_id: string, browser: string): Promise<Guess | undefined> {
    const [now, field] = [new Date(), `guesses.${browser}`]
    const change = [{ $set: { [field]: oneMore(`$${field}`, now) } }]
    const options = { projection: { passwordHash: 1, [field]: 1 }, writeConcern: { w: 1 } } as const
    const account = await this.accounts.findOneAndUpdate({ _id, 'sessions.browser': browser }, change, options)
    if (!account) return undefined
    mustNotWait(account.guesses?.[browser], now)
    return { account, succeeded: () => Promise.resolve() }
  }

  private async ofName(_id: string): Promise<Guess> {
    const now = new Date()
    const change = [{ $replaceWith: { $mergeObjects: ['$$ROOT', oneMore('$$ROOT', now)] } }]
    const before = await this.names.findOneAndUpdate({ _id }, change, { upsert: true, ...durable })
    mustNotWait(before ?? undefined, now)
    const account = await readOne<Account>(this.db, { collection: NAME, filter: { _id } })
    return { account, succeeded: () => this.names.deleteOne({ _id }, { writeConcern: { w: 1 } }) }
  }

  private get accounts(): mongo.Collection<Account> {
    return this.db.collection<Account>(NAME)
  }

  private get names(): mongo.Collection<Guesses & { _id: string }> {
    return this.db.collection<Guesses & { _id: string }>('floor_attempts')
  }
}
