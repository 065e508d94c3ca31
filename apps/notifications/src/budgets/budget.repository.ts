import { createHmac } from 'node:crypto'
import { emailKeyOf } from '@mpics/contracts'
import { ErasedIds } from '@mpics/eventing'
import {
  about,
  Connection,
  type Erasure,
  hours,
  isDuplicateKey,
  makeIndexes,
  PersonalData,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import { NotificationsConfig } from '../config.js'
import { RETENTION_MS, type Slot, takeSlot } from './budget.js'

interface Budget {
  /** A MAC of the kind of mail and the address, which is stored nowhere (B21). */
  _id: string
  revision: number
  slots: Slot[]
  forgetAt: Date
}

const RETENTION = hours(2).after('the last mail').endsAt('forgetAt')
const technical = about.technical('mail')
const fields = {
  _id: about.secret('mail', 'a keyed hash of the kind and the address'),
  revision: technical,
  slots: { emailId: about.identifier('mail'), accountId: about.identifier('mail'), at: technical },
  forgetAt: technical,
}

/** Counts the mails of a kind to an address, whichever accounts they were for. */
@Injectable()
export class BudgetRepository implements OnApplicationBootstrap {
  private readonly budgets: Model<Budget>

  constructor(
    connection: Connection,
    private readonly config: NotificationsConfig,
    personalData: PersonalData,
    private readonly erased: ErasedIds,
  ) {
    const slot = { emailId: String, accountId: { type: String, default: null }, at: Date }
    const schema = new mongoose.Schema<Budget>(
      { _id: String, revision: Number, slots: [new mongoose.Schema(slot, { _id: false })], forgetAt: Date },
      { versionKey: false, autoIndex: false },
    )
    schema.index(ttlKeys(RETENTION), { name: 'forget', expireAfterSeconds: ttlSeconds(RETENTION) })
    schema.index({ 'slots.accountId': 1 }, { name: 'of-account' })
    this.budgets = connection.model<Budget>('mail-budgets', schema, 'mail-budgets')
    personalData.register({
      store: { collection: 'mail-budgets' },
      subject: 'the accounts in `slots`, and whoever has the address whose keyed hash is `_id`',
      purpose: 'mail',
      ...RETENTION,
      fields,
      erase: (accountId) => this.erase(accountId),
      export: (accountId) => this.export(accountId),
    })
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.budgets)
  }

  keyOf(kind: string, address: string): string {
    const [key] = this.config.NOTIFICATIONS_LINK_KEY
    return createHmac('sha256', `mail budget ${key}`)
      .update(`${kind} ${emailKeyOf(address)}`)
      .digest('base64url')
  }

  async slotsOf(key: string): Promise<Slot[]> {
    return (await this.budgets.findById(key).lean<Budget>())?.slots ?? []
  }

  /** Takes a place; resolves to when one is free if there is none. */
  async take(key: string, slot: Slot, max: number): Promise<Date | undefined> {
    for (;;) {
      const found = await this.budgets.findById(key).lean<Budget>()
      const share = takeSlot(found?.slots ?? [], slot, max)
      if ('freeAt' in share) return share.freeAt
      if (await this.write(key, found?.revision ?? 0, share.slots, slot.at)) return this.forgetErased(slot)
      // Another replica has taken a place in the meantime; the next round counts it.
    }
  }

  /** Its account may have been erased while the mail was on its way. */
  private async forgetErased({ accountId }: Slot): Promise<undefined> {
    if (accountId !== null && (await this.erased.among([accountId])).size > 0) await this.erase(accountId)
  }

  private async write(key: string, revision: number, slots: Slot[], now: Date): Promise<boolean> {
    const next = { revision: revision + 1, slots, forgetAt: new Date(now.getTime() + RETENTION_MS) }
    try {
      const seen = { _id: key, ...(revision > 0 ? { revision } : { revision: { $exists: false } }) }
      const { matchedCount, upsertedCount } = await this.budgets.updateOne(
        seen,
        { $set: next },
        { upsert: revision === 0 },
      )
      return matchedCount + upsertedCount > 0
    } catch (error) {
      if (isDuplicateKey(error, '_id_')) return false
      throw error
    }
  }

  /** The places stay taken, by a mail that leads to nobody: else whoever closes accounts could have more mails sent to an address. */
  private async erase(accountId: string): Promise<Erasure> {
    const change = { $set: { 'slots.$[own].accountId': null, 'slots.$[own].emailId': '' }, $inc: { revision: 1 } }
    const { modifiedCount } = await this.budgets.updateMany({ 'slots.accountId': accountId }, change, {
      arrayFilters: [{ 'own.accountId': accountId }],
    })
    return { erased: modifiedCount, waiting: 0 }
  }

  private async *export(accountId: string) {
    for await (const { slots } of this.budgets.find({ 'slots.accountId': accountId }).lean<Budget>().cursor())
      for (const slot of slots) if (slot.accountId === accountId) yield { at: slot.at }
  }
}
