import type { ApiAnswer, identity } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import { type Account, mailVerification } from '../accounts/account.js'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import type { LinkRequest } from '../links/link-request.js'
import { OneTimeLinks } from '../links/one-time-links.js'

type PendingAccounts = ApiAnswer<typeof identity.verificationLinks>

/** Strangers decide how many accounts wait for an address; a mail names so many. */
const MAX_LISTED = 50

/** Lists, for a mail that is being made, the accounts that wait for the proof of an address, each with its own link. */
@Injectable()
export class ListPendingAccounts {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
  ) {}

  /** The account that caused the mail is always in the list. */
  async execute(accountId: string): Promise<PendingAccounts> {
    const cause = await this.accounts.get(accountId)
    if (cause.emailVerifiedAt) throw new LinkExpiredError()
    const [isTaken, next, count] = await Promise.all([
      this.accounts.isVerifiedByAnother(cause),
      this.accounts.listPending(cause.emailKey, MAX_LISTED),
      this.accounts.countPending(cause.emailKey),
    ])
    const others = next.filter(({ id }) => id !== cause.id)
    const listed = [cause, ...others.slice(0, MAX_LISTED - 1)].sort(newestFirst)
    const fresh = this.links.request('verify-email')
    const items = isTaken ? listed.map((account) => shown(account, null)) : await this.withLinks(listed)
    return { items, more: Math.max(0, count - listed.length), expiresAt: fresh.expiresAt.toISOString() }
  }

  private async withLinks(listed: readonly Account[]): Promise<PendingAccounts['items']> {
    const changed = await this.accounts.changeMany(
      listed.map(({ id }) => id),
      (account) => mailVerification(account, this.links.request('verify-email')),
    )
    return changed
      .sort(newestFirst)
      .flatMap((account) => (account.verification ? [shown(account, this.tokenOf(account.verification))] : []))
  }

  private tokenOf({ id, tokenHash }: LinkRequest): string {
    return this.links.token('verify-email', id, tokenHash)
  }
}

const newestFirst = (a: Account, b: Account) => b.registeredAt.getTime() - a.registeredAt.getTime()

const shown = ({ id, handle, registeredAt }: Account, token: string | null) => ({
  accountId: id,
  handle,
  registeredAt: registeredAt.toISOString(),
  token,
})
