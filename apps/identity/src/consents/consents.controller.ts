import {
  type ApiAnswer,
  type ApiInput,
  changeConsent,
  consentPurpose,
  getConsentHistory,
  getConsents,
} from '@mpics/contracts'
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
  ) {}

  @Endpoint(getConsents)
  async all(@Member() { accountId }: MemberIdentity): Promise<ApiAnswer<typeof getConsents>> {
    const ledger = await this.consents.find(accountId)
    return { items: consentPurpose.options.map((purpose) => consentState(ledger, purpose)), nextCursor: null }
  }

  @Endpoint(changeConsent)
  async change(
    @Member() { accountId }: MemberIdentity,
    @Input() { params, body }: ApiInput<typeof changeConsent>,
  ): Promise<ApiAnswer<typeof changeConsent>> {
    return receiptOf(await this.changing.execute(accountId, { ...params, ...body }))
  }

  @Endpoint(getConsentHistory)
  async history(
    @Member() { accountId }: MemberIdentity,
    @Input() { query }: ApiInput<typeof getConsentHistory>,
  ): Promise<ApiAnswer<typeof getConsentHistory>> {
    const { entries } = await this.consents.find(accountId)
    const page = pageOfArray(entries, query)
    return { ...page, items: page.items.map(receiptOf) }
  }
}
