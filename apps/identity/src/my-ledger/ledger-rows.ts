import type { ApiAnswer, identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { ConsentRepository } from '../consents/consent.repository.js'

type Rows = Omit<ApiAnswer<typeof identity.getMyLedger>, 'closing'>

/** Every entry of a person's ledger, by its kind. */
@Injectable()
export class LedgerRows {
  constructor(private readonly consents: ConsentRepository) {}

  async of(accountId: string): Promise<Rows> {
    const { entries } = await this.consents.find(accountId)
    const consents = entries.toReversed().map(({ receiptId, purpose, granted, noticeVersion, changedAt }) => ({
      ...{ receiptId, purpose, granted, noticeVersion },
      at: changedAt.toISOString(),
    }))
    return { received: [], looks: [], consents, notices: [] }
  }
}
