import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { CursorSeal } from '@mpics/mongo'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { shownEntry } from '../ledger/shown-entry.js'
import { pageOfArray } from '../paging/page-of-array.js'
import { ProveEntry } from './prove-entry.js'

@Controller()
export class LedgerRootsController {
  constructor(
    private readonly ledgers: LedgerRepository,
    private readonly proving: ProveEntry,
    private readonly seal: CursorSeal,
  ) {}

  @Endpoint(identity.getConsentHistory)
  async history(
    @Member() { accountId }: MemberIdentity,
    @Input() { query }: ApiInput<typeof identity.getConsentHistory>,
  ): Promise<ApiAnswer<typeof identity.getConsentHistory>> {
    const { entries } = await this.ledgers.find(accountId)
    const page = pageOfArray(entries, query, { seal: this.seal, list: `consents of ${accountId}` })
    return { ...page, items: page.items.map(shownEntry) }
  }

  @Endpoint(identity.getLedgerProof)
  prove(
    @Member() { accountId }: MemberIdentity,
    @Input() { params }: ApiInput<typeof identity.getLedgerProof>,
  ): Promise<ApiAnswer<typeof identity.getLedgerProof>> {
    return this.proving.execute(accountId, params.receiptId)
  }
}
