import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { changeConsent, type ConsentChange, type ConsentEntry, latestEntry } from './consent.js'
import { ConsentRepository } from './consent.repository.js'
import { ConsentReceipts } from './consent-receipts.js'

@Injectable()
export class ChangeConsent {
  constructor(
    private readonly consents: ConsentRepository,
    private readonly policies: PoliciesInForce,
    private readonly receipts: ConsentReceipts,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Accepts a consent only for the notice in force, a withdrawal for any. Returns the entry that holds now. */
  async execute(accountId: string, wish: Omit<ConsentChange, 'receiptId'>): Promise<ConsentEntry> {
    if (wish.granted) await this.policies.requireShown(wish.noticeVersion)
    const change = { ...wish, receiptId: this.ids.next() }
    const ledger = await this.consents.change(accountId, (current) =>
      changeConsent(current, change, this.receipts.sign, this.clock.now()),
    )
    return latestEntry(ledger, wish.purpose) as ConsentEntry
  }
}
