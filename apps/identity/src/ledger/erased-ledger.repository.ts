import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import { bareEntryFields } from './entry-fields.js'
import type { LedgerEntry, PersonLedger } from './ledger-entry.js'

interface ErasedLedger {
  /** The hash of its first entry, which leads to nobody. */
  _id: string
  entries: LedgerEntry[]
}

/** What stays of the ledgers of erased people, so that nobody can take an entry out of the days of before. */
@Injectable()
export class ErasedLedgerRepository {
  private readonly ledgers: Model<ErasedLedger>

  constructor(connection: Connection, personalData: PersonalData) {
    const schema = new mongoose.Schema<ErasedLedger>(
      { _id: String, entries: [mongoose.Schema.Types.Mixed] },
      { versionKey: false, autoIndex: false, autoCreate: false },
    )
    schema.index({ 'entries.day': 1 }, { name: 'day' })
    this.ledgers = connection.model<ErasedLedger>('erased_ledgers', schema, 'erased_ledgers')
    personalData.register({
      store: { collection: 'erased_ledgers' },
      impersonal: 'holds hashes over salted values whose salts are destroyed, kinds and days, under no id of a person',
      ...keptForEver,
      fields: { _id: about.technical('consent'), entries: bareEntryFields },
    })
  }

  /** Safe to repeat: an erased ledger changes no more. */
  async keep({ entries }: PersonLedger): Promise<void> {
    const [first] = entries
    if (first) await this.ledgers.updateOne({ _id: first.hash }, { $setOnInsert: { entries } }, { upsert: true })
  }

  async *ofDay(day: string): AsyncGenerator<PersonLedger> {
    for await (const { _id: id, entries } of this.ledgers.find({ 'entries.day': day }).lean<ErasedLedger>().cursor())
      yield { id, entries }
  }

  async after(id: string | null, limit: number): Promise<PersonLedger[]> {
    const found = await this.ledgers
      .find(id === null ? {} : { _id: { $gt: id } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ErasedLedger[]>()
    return found.map(({ _id, entries }) => ({ id: _id, entries }))
  }
}
