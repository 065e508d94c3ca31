import type { DomainError } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { ServedForAnotherNoticeError, ServedMissingError } from '../consent-forms/served.errors.js'
import { type Served, ServedForms } from '../consent-forms/served-forms.js'
import { Ledger } from '../ledger/ledger.js'
import { LedgerRepository } from '../ledger/ledger.repository.js'
import { PoliciesInForce } from '../policies/policies-in-force.js'
import { changeConsent, type ConsentEntry, type ConsentPurpose, type ConsentWish, latestConsent } from './consent.js'
import { ConsentHolders } from './consent-holders.js'

/** An answer as it was sent. */
export interface ConsentAnswer {
  purpose: ConsentPurpose
  granted: boolean
  noticeVersion?: string | null | undefined
  served?: string | null | undefined
}

export interface Withdrawal {
  purpose: ConsentPurpose
  requestedAt: string
  surface: 'api' | 'one-click'
}

@Injectable()
export class ChangeConsent {
  constructor(
    private readonly holders: ConsentHolders,
    private readonly ledgers: LedgerRepository,
    private readonly ledger: Ledger,
    private readonly forms: ServedForms,
    private readonly policies: PoliciesInForce,
  ) {}

  /** Accepts a consent only for the form that was shown, and a withdrawal in any case. Returns the entry that holds now. */
  async execute(accountId: string, answer: ConsentAnswer): Promise<ConsentEntry> {
    const account = await this.holders.find(accountId)
    return this.enter(
      accountId,
      answer.granted ? await this.given(account, answer) : await this.withdrawn(account, answer),
    )
  }

  /** As it was asked for elsewhere: an answer that came later stands. Passes over people who are gone. */
  async withdraw(accountId: string, { purpose, requestedAt, surface }: Withdrawal): Promise<void> {
    if ((await this.holders.hiddenById([accountId])).size === 0) return
    const { version: noticeVersion } = await this.policies.privacy()
    await this.enter(accountId, { purpose, granted: false, noticeVersion, surface, served: null, requestedAt })
  }

  private async enter(accountId: string, wish: ConsentWish): Promise<ConsentEntry> {
    const pen = this.ledger.pen()
    const ledger = await this.ledgers.change(accountId, (current) => changeConsent(current, wish, pen))
    return latestConsent(ledger, wish.purpose)!
  }

  private async given(account: Account, { purpose, noticeVersion, served }: ConsentAnswer): Promise<ConsentWish> {
    if (!served || !noticeVersion) throw new ServedMissingError()
    const shown = this.forms.read(served, account.id, purpose)
    const refusal =
      this.holders.refusalOf(account) ?? (await this.outdated(shown, noticeVersion)) ?? this.forms.expiryOf(shown)
    return { ...wishOf(shown, purpose, true), refusal }
  }

  private async outdated(shown: Served, noticeVersion: string): Promise<DomainError | undefined> {
    const outdated = await this.policies.outdated(noticeVersion)
    if (outdated) return outdated
    return shown.noticeVersion === noticeVersion ? undefined : new ServedForAnotherNoticeError()
  }

  /** A good form is kept as what was shown; anything else is passed over. */
  private async withdrawn(account: Account, { purpose, served }: ConsentAnswer): Promise<ConsentWish> {
    const { version: noticeVersion } = await this.policies.privacy()
    const shown = served ? this.forms.readIfGood(served, account.id, purpose) : undefined
    if (shown) return { ...wishOf(shown, purpose, false), noticeVersion }
    return { purpose, granted: false, noticeVersion, surface: 'api', served: null }
  }
}

function wishOf(shown: Served, purpose: ConsentPurpose, granted: boolean): ConsentWish {
  const { accountId: _account, purpose: _purpose, noticeVersion, surface, ...served } = shown
  return { purpose, granted, noticeVersion, surface, served }
}
