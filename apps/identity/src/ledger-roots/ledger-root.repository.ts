import type { Decision } from '@mpics/contracts'
import { AggregateStore, Outbox } from '@mpics/eventing'
import { about, Connection, keptForEver, PersonalData } from '@mpics/mongo'
import { Injectable } from '@nestjs/common'
import type { LedgerRoot } from './ledger-root.js'

const text = { type: String, required: true }
const open = about.open('consent')
const schema = { root: text, previousRoot: { type: String, default: null }, entries: { type: Number, required: true } }

@Injectable()
export class LedgerRootRepository {
  private readonly store: AggregateStore<LedgerRoot>

  constructor(connection: Connection, outbox: Outbox, personalData: PersonalData) {
    this.store = new AggregateStore<LedgerRoot>(connection, { collection: 'ledger_roots', schema, outbox })
    personalData.register({
      store: { collection: 'ledger_roots' },
      impersonal: 'holds one hash a day over all ledgers, which is published',
      ...keptForEver,
      fields: { _id: open, root: open, previousRoot: open, entries: open },
    })
  }

  async find(day: string): Promise<LedgerRoot | undefined> {
    return (await this.store.find(day)) ?? undefined
  }

  async last(): Promise<LedgerRoot | undefined> {
    const [found] = await this.store.model.find().sort({ _id: -1 }).limit(1).lean()
    return found && this.store.stateOf(found)
  }

  after(day: string | null, limit: number): Promise<LedgerRoot[]> {
    return this.store.after(day, limit)
  }

  /** Who comes second finds the root that was published. */
  async insert(decision: Decision<LedgerRoot>): Promise<void> {
    await this.store.insertFirst(decision)
  }
}
