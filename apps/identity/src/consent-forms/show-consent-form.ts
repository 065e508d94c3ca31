import { type ApiAnswer, type ApiInput, identity, languageOf } from '@mpics/contracts'
import { Clock, Ids } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AccountNotFoundError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { choicesOf, textHashOf, textsFor } from './consent-texts.js'
import { SERVED_MS, ServedForms } from './served-forms.js'

type Wanted = ApiInput<typeof identity.getConsentForm>

@Injectable()
export class ShowConsentForm {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly policies: PoliciesInForce,
    private readonly forms: ServedForms,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  async execute(accountId: string, wanted: Wanted): Promise<ApiAnswer<typeof identity.getConsentForm>> {
    const { purpose } = wanted.params
    const { locale, surface } = wanted.query
    const account = await this.accounts.find(accountId)
    if (!account) throw new AccountNotFoundError()
    const { version: noticeVersion, effectiveAt } = await this.policies.privacy()
    const language = languageOf(locale ?? account.locale)
    const { version: textVersion, texts } = textsFor(effectiveAt)
    const words = texts[language][purpose]
    const now = this.clock.now()
    const shown = { language, textVersion, textHash: textHashOf(words), choices: choicesOf(words) }
    const form = { id: this.ids.next(), ...shown, shownAt: now.toISOString() }
    const served = this.forms.tokenFor({ ...form, accountId, purpose, noticeVersion, surface })
    const expiresAt = new Date(now.getTime() + SERVED_MS).toISOString()
    return { purpose, noticeVersion, ...shown, title: words.title, text: words.text, served, expiresAt }
  }
}
