import { type Decision, identity } from '@mpics/contracts'
import { AggregateStore, Outbox, type StoredState, tombstone } from '@mpics/eventing'
import { about, Connection, isDuplicateKey, ownedDocuments, PersonalData, untilErased } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import { Schema } from 'mongoose'
import { AccountNotFoundError } from '../accounts/account.errors.js'
import { type ConsentLedger, emptyLedger, factOf } from './consent.js'

const text = { type: String, required: true }
const entry = {
  accountId: text,
  sequence: { type: Number, required: true },
  receiptId: text,
  purpose: text,
  granted: { type: Boolean, required: true },
  noticeVersion: text,
  changedAt: { type: Date, required: true },
  previousHash: { type: String, default: null },
  hash: text,
  signature: text,
  keyId: text,
}
const schema = { entries: [new Schema(entry, { _id: false })] }

const technical = about.technical('consent')
const entries = {
  accountId: about.identifier('consent'),
  sequence: technical,
  receiptId: about.identifier('consent'),
  purpose: technical,
  granted: about.personal('consent'),
  noticeVersion: technical,
  changedAt: technical,
  previousHash: technical,
  hash: technical,
  signature: technical,
  keyId: technical,
}

/** Gives every field that was added later its default. A default must not change the hash of an entry. */
const complete = ({ id, entries = [] }: StoredState<ConsentLedger>): ConsentLedger => ({
  id,
  entries: entries.map((stored) => ({ ...entryDefaults, ...stored })),
})

const entryDefaults = { previousHash: null }

const tombstonesOf = ({ entries }: ConsentLedger) =>
  [...new Set(entries.map((each) => factOf(each).subject))].map((key) => tombstone(identity.consentChanged, key))

@Injectable()
export class ConsentRepository {
  private readonly store: AggregateStore<ConsentLedger>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    this.store = new AggregateStore<ConsentLedger>(connection, { collection: 'consents', schema, outbox, complete })
    personalData.register({
      ...ownedDocuments(this.store.model, {
        subject: 'the account whose id is `_id`',
        purpose: 'consent',
        ...untilErased,
        fields: { _id: about.identifier('consent'), entries },
        owners: ['_id'],
        exported: ({ entries }) => ({ entries }),
      }),
      erase: (accountId) => this.store.erase(accountId, tombstonesOf),
    })
  }

  async find(accountId: string): Promise<ConsentLedger> {
    return (await this.store.find(accountId)) ?? emptyLedger(accountId)
  }

  findMany(accountIds: readonly string[]): Promise<ConsentLedger[]> {
    return this.store.findMany(accountIds)
  }

  /** Parallel changes become one entry after the other, each chained to its predecessor. */
  async change(
    accountId: string,
    transition: (ledger: ConsentLedger) => Decision<ConsentLedger>,
  ): Promise<ConsentLedger> {
    if (!(await this.store.find(accountId))) {
      const begun = transition(emptyLedger(accountId))
      try {
        await this.store.insert(begun)
        return begun.state
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    }
    return this.store.change(accountId, transition, () => new AccountNotFoundError())
  }
}
