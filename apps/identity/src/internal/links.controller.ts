import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { LinkExpiredError, NoticeFirstError } from '../accounts/account.errors.js'
import { mailedLinkOf } from '../accounts/mailed-link.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { noticeMade } from '../email-changes/email-change.js'
import { isUsable } from '../links/link-request.js'
import { type LinkKind, OneTimeLinks } from '../links/one-time-links.js'
import { ListPendingAccounts } from '../verification/list-pending-accounts.js'

@Controller()
export class LinksController {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly listPending: ListPendingAccounts,
    private readonly clock: Clock,
  ) {}

  @Endpoint(identity.verificationLinks)
  verification(
    @Input() { body }: ApiInput<typeof identity.verificationLinks>,
  ): Promise<ApiAnswer<typeof identity.verificationLinks>> {
    return this.listPending.execute(body.accountId)
  }

  @Endpoint(identity.deriveLink)
  async derive(
    @Input() { body }: ApiInput<typeof identity.deriveLink>,
  ): Promise<ApiAnswer<typeof identity.deriveLink>> {
    const { kind, accountId, requestId } = body
    const account = await this.accounts.get(accountId)
    const request = mailedLinkOf(account, kind, requestId)
    const token = this.links.token(kind, requestId, request?.tokenHash)
    if (!isUsable(request, this.links.hash(token), this.clock.now())) throw new LinkExpiredError()
    // The page of an objection must name the account, too.
    if (kind === 'lock-objection') return { token: `${accountId}.${token}`, expiresAt: request.expiresAt.toISOString() }
    if (kind === 'freeze-email')
      await this.accounts.change(accountId, (current) => noticeMade(current, requestId, this.clock.now()))
    if (kind === 'confirm-email' && !account.emailChange?.noticeAt) throw new NoticeFirstError()
    const isTaken = await this.isTaken(kind, account)
    return { token: isTaken ? null : token, expiresAt: request.expiresAt.toISOString() }
  }

  private async isTaken(kind: LinkKind, { id, emailKey, emailChange }: Account): Promise<boolean> {
    if (kind === 'verify-email') return this.accounts.isVerifiedByAnother({ id, emailKey })
    return kind === 'confirm-email' && emailChange !== null && this.accounts.isVerifiedByAnother({ ...emailChange, id })
  }
}
