import { emailKeyOf } from '@mpics/contracts'
import { ErasedIds } from '@mpics/eventing'
import {
  about,
  Connection,
  days,
  makeIndexes,
  ownedDocuments,
  PersonalData,
  readOne,
  ttlKeys,
  ttlSeconds,
} from '@mpics/mongo'
import { OverlappingMac, overlappingOf } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import mongoose, { type Model } from 'mongoose'
import { NotificationsConfig } from '../config.js'

interface FailingMailbox {
  /** The account. */
  _id: string
  fingerprint: string
  reason: string
  since: Date
}

const COLLECTION = 'failing-mailboxes'
const fields = {
  _id: about.identifier('mail'),
  fingerprint: about.secret('mail', 'a keyed hash of the address'),
  reason: about.technical('mail'),
  since: about.technical('mail'),
}

/** Mailboxes come back to life, and senders that never try again would not notice. */
const RETENTION = days(30)
  .after('the address was refused')
  .or('until a mail gets through or the account is erased')
  .beginsAt('since')

/**
 * Addresses that the mail server refused for good. Which address it was is kept as a MAC under our key: enough to see that
 * it is still the same one, useless to anybody else (B21). Another address starts afresh.
 */
@Injectable()
export class MailboxRepository implements OnApplicationBootstrap {
  private readonly stored: Model<FailingMailbox>
  private readonly mac: OverlappingMac

  constructor(
    private readonly connection: Connection,
    config: NotificationsConfig,
    personalData: PersonalData,
    private readonly erased: ErasedIds,
  ) {
    const keys = overlappingOf(config.NOTIFICATIONS_LINK_KEY, (key) => `mailbox ${key}`)
    this.mac = new OverlappingMac(keys)
    const schema = new mongoose.Schema<FailingMailbox>(
      { _id: String, fingerprint: String, reason: String, since: Date },
      { versionKey: false, autoIndex: false },
    ).index(ttlKeys(RETENTION), { name: 'forget', expireAfterSeconds: ttlSeconds(RETENTION) })
    this.stored = connection.model<FailingMailbox>(COLLECTION, schema, COLLECTION)
    personalData.register(
      ownedDocuments(this.stored, {
        subject: 'the account whose id is `_id`',
        purpose: 'mail',
        ...RETENTION,
        fields,
        owners: ['_id'],
        exported: ({ reason, since }) => ({ reason, since }),
      }),
    )
  }

  async onApplicationBootstrap(): Promise<void> {
    await makeIndexes(this.stored)
  }

  /** Tells of an address of the account whether it fails. */
  async failing(accountId: string, now: Date): Promise<(address: string) => boolean> {
    const found = await readOne<FailingMailbox>(this.connection.db!, {
      collection: COLLECTION,
      filter: { _id: accountId },
    })
    if (!found || found.since.getTime() < now.getTime() - RETENTION.age.ms) return () => false
    return (address) => this.fingerprintsOf(address).includes(found.fingerprint)
  }

  async markFailing(accountId: string, address: string, reason: string, since: Date): Promise<void> {
    const [fingerprint] = this.fingerprintsOf(address)
    const $set = { fingerprint, reason, since }
    await this.stored.updateOne({ _id: accountId }, { $set }, { upsert: true })
    // the account may have been erased while its mail was on the way
    if ((await this.erased.among([accountId])).size > 0) await this.markWorking(accountId)
  }

  async markWorking(accountId: string): Promise<void> {
    await this.stored.deleteOne({ _id: accountId })
  }

  private fingerprintsOf(address: string): string[] {
    return this.mac.all(emailKeyOf(address)).map((mac) => mac.toString('base64url').slice(0, 22))
  }
}
