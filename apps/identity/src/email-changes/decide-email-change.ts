import type { ApiInput, identity } from '@mpics/contracts'
import { failPoint } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LinkExpiredError } from '../accounts/account.errors.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { OneTimeLinks } from '../links/one-time-links.js'
import { CheckEvidence } from '../proofs/check-evidence.js'
import { MoveSessions } from '../sessions/move-sessions.js'
import { decideEmailChange } from './email-change.js'

@Injectable()
export class DecideEmailChange {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: OneTimeLinks,
    private readonly checkEvidence: CheckEvidence,
    private readonly moveSessions: MoveSessions,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at the link before the proof, so that nobody guesses passwords without a mailed token. A consumer ends the sessions if the
   * process dies before it has.
   */
  async execute(
    { token, decision, ...evidence }: ApiInput<typeof identity.decideEmailChange>['body'],
    network?: string,
  ): Promise<void> {
    const tokenHash = this.links.hash(token)
    const account = await this.accounts.findByEmailChangeToken('freezing', tokenHash)
    if (!account?.emailChange) throw new LinkExpiredError()
    const given = { tokenHash, decision }
    decideEmailChange(account, given, this.clock.now())
    await this.checkEvidence.execute(account, evidence, account.emailChange.id, network)
    await this.accounts.change(account.id, (current) => decideEmailChange(current, given, this.clock.now()))
    await failPoint('email-change.afterDecision')
    await this.moveSessions.execute(account.id)
  }
}
