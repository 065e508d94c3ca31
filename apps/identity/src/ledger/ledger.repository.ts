import type { Decision } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { AggregateStore, Outbox } from '@mpics/eventing'
import { about, Connection, ownedDocuments, PersonalData, untilErased } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose from 'mongoose'
import { AccountNotFoundError } from '../accounts/account.errors.js'
import { completeLedger } from './complete-ledger.js'
import { EraseLedger } from './erase-ledger.js'
import { entryFields } from './entry-fields.js'
import { emptyLedger, type LedgerEntry, type PersonLedger } from './ledger-entry.js'
import { shownEntry } from './shown-entry.js'

/** The collection is called after the first kind of its entries. */
@Injectable()
export class LedgerRepository {
  private readonly store: AggregateStore<PersonLedger>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData, erasing: EraseLedger) {
    this.store = new AggregateStore<PersonLedger>(connection, {
      collection: 'consents',
      schema: { entries: [mongoose.Schema.Types.Mixed] },
      indexes: [
        { keys: { 'entries.day': 1 }, name: 'day' },
        { keys: { 'entries.changedAt': 1 }, name: 'first-day' },
      ],
      outbox,
      complete: completeLedger,
    })
    personalData.register({
      ...ownedDocuments(this.store.model, {
        subject: 'the account whose id is `_id`',
        purpose: 'consent',
        ...untilErased,
        fields: { _id: about.identifier('consent'), entries: entryFields },
        owners: ['_id'],
        exported: ({ entries }) => ({ entries: entriesIn(entries).map(shownEntry) }),
      }),
      erase: (accountId) => erasing.execute(accountId, this),
    })
  }

  async find(accountId: string): Promise<PersonLedger> {
    return (await this.store.find(accountId)) ?? emptyLedger(accountId)
  }

  findMany(accountIds: readonly string[]): Promise<PersonLedger[]> {
    return this.store.findMany(accountIds)
  }

  /** Parallel changes become one entry after the other, each chained to its predecessor. */
  change(accountId: string, transition: (ledger: PersonLedger) => Decision<PersonLedger>): Promise<PersonLedger> {
    return this.store.changeOrBegin(emptyLedger(accountId), transition, () => new AccountNotFoundError())
  }

  /** Deletes the document without unpublished events; false: try later. */
  purge(accountId: string): Promise<boolean> {
    return this.store.purge(accountId)
  }

  async *ofDay(day: string): AsyncGenerator<PersonLedger> {
    const from = new Date(`${day}T00:00:00Z`)
    const to = new Date(from.getTime() + DAY_MS)
    const filter = {
      $or: [{ 'entries.day': day }, { entries: { $elemMatch: { changedAt: { $gte: from, $lt: to } } } }],
    }
    for await (const document of this.store.model
      .find(filter as never)
      .lean()
      .cursor())
      yield this.store.stateOf(document)
  }

  after(id: string | null, limit: number): Promise<PersonLedger[]> {
    return this.store.after(id, limit)
  }

  /** The day of the oldest entry of all. */
  async firstDay(): Promise<string | undefined> {
    const oldest = async (field: string) => {
      const [found] = await this.store.model
        .find({ [field]: { $exists: true } } as never)
        .sort({ [field]: 1 })
        .limit(1)
        .lean()
      return found && this.store.stateOf(found).entries[0]?.day
    }
    return (await Promise.all(['entries.day', 'entries.changedAt'].map(oldest)))
      .filter((day) => day !== undefined)
      .sort()[0]
  }
}

const entriesIn = (entries: unknown): LedgerEntry[] =>
  completeLedger({ id: '', entries: entries as LedgerEntry[] }).entries
