import type { identity, Proof } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { credentialsOf } from '../accounts/credentials.js'
import { FactorFailedError } from '../authenticators/factor.errors.js'
import { FactorGuesses } from '../authenticators/factor-guesses.js'
import type { PendingLogIn } from '../pending-log-ins/pending-log-in.js'
import { PendingLogInRepository } from '../pending-log-ins/pending-log-in.repository.js'
import { Provers } from '../proofs/provers.js'
import { LogInExpiredError } from './factor-log-in.errors.js'

export interface CompletedLogIn {
  account: Account
  pending: PendingLogIn
  proof: Proof
}

/** Checks the factor of a log-in whose password was right. */
@Injectable()
export class CompleteLogIn {
  constructor(
    private readonly pending: PendingLogInRepository,
    private readonly accounts: AccountRepository,
    private readonly guesses: FactorGuesses,
    private readonly provers: Provers,
    private readonly clock: Clock,
  ) {}

  /** A log-in is completed once, however many factors are shown at once; nor does it outlive a change of the credentials. */
  async execute(id: string, evidence: identity.Evidence): Promise<CompletedLogIn> {
    const pending = await this.pending.try(id, this.clock.now())
    const account = pending && (await this.accounts.find(pending.accountId))
    if (!account || credentialsOf(account) !== pending.credentials) throw new LogInExpiredError()
    const proof = await this.guesses.afterPassword(account, pending.knownBrowserHash, () =>
      this.proofIn(account, evidence),
    )
    if (!(await this.pending.take(id))) throw new LogInExpiredError()
    return { account, pending, proof }
  }

  private async proofIn(account: Account, { code, passkey }: identity.Evidence): Promise<Proof> {
    for (const prover of this.provers.of(account))
      if (await prover.prove(account, { code, passkey })) return prover.proof
    throw new FactorFailedError()
  }
}
