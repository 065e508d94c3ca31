import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Headers } from '@nestjs/common'
import type { PersonLedger } from '../ledger/ledger-entry.js'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { shownEntry } from '../ledger/shown-entry.js'
import { ChangeConsent } from './change-consent.js'
import { choiceOf, type ConsentPurpose, isGranted, latestConsent } from './consent.js'
import { isOptOutSignal, mayUse } from './may-use.js'

@Controller()
export class ConsentsController {
  constructor(
    private readonly ledgers: LedgerRepository,
    private readonly changing: ChangeConsent,
  ) {}

  @Endpoint(identity.getConsents)
  async all(
    @Member() { accountId }: MemberIdentity,
    @Headers('sec-gpc') gpc?: string,
  ): Promise<ApiAnswer<typeof identity.getConsents>> {
    const ledger = await this.ledgers.find(accountId)
    const items = identity.consentPurpose.options.map((purpose) => stateOf(ledger, purpose, isOptOutSignal(gpc)))
    return { items, nextCursor: null }
  }

  @Endpoint(identity.changeConsent)
  async change(
    @Member() { accountId }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.changeConsent>,
  ): Promise<ApiAnswer<typeof identity.changeConsent>> {
    return shownEntry(await this.changing.execute(accountId, { ...params, ...body }))
  }
}

function stateOf(ledger: PersonLedger, purpose: ConsentPurpose, gpc: boolean) {
  const { noticeVersion = null, receiptId = null, changedAt = null } = latestConsent(ledger, purpose)?.payload ?? {}
  const effective = mayUse(purpose, { choice: choiceOf(ledger, purpose), gpc })
  return { purpose, granted: isGranted(ledger, purpose), noticeVersion, receiptId, changedAt, effective }
}
