import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { CursorSeal } from '@mpics/mongo'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { pageOfArray } from '../paging/page-of-array.js'
import { ChangeConsent } from './change-consent.js'
import { consentState, receiptOf } from './consent-answers.js'
import { ConsentRepository } from './consent.repository.js'

@Controller()
export class ConsentsController {
  constructor(
    private readonly consents: ConsentRepository,
    private readonly changing: ChangeConsent,
    private readonly seal: CursorSeal,
  ) {}

  @Endpoint(identity.getConsents)
  async all(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof identity.getConsents>> {
    const ledger = await this.consents.find(accountId)
    return { items: identity.consentPurpose.options.map((purpose) => consentState(ledger, purpose)), nextCursor: null }
  }

  @Endpoint(identity.changeConsent)
  async change(
    @Member() { accountId }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof identity.changeConsent>,
  ): Promise<ApiAnswer<typeof identity.changeConsent>> {
    return receiptOf(await this.changing.execute(accountId, { ...params, ...body }))
  }

  @Endpoint(identity.getConsentHistory)
  async history(
    @Member() { accountId }: MemberIdentity,
    @Input() { query }: ApiInput<typeof identity.getConsentHistory>,
  ): Promise<ApiAnswer<typeof identity.getConsentHistory>> {
    const { entries } = await this.consents.find(accountId)
    const page = pageOfArray(entries, query, { seal: this.seal, list: `consents of ${accountId}` })
    return { ...page, items: page.items.map(receiptOf) }
  }
}
