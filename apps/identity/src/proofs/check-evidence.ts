import type { identity, Proof } from '@mpics/contracts'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { LoginAttempts } from '../attempts/login-attempts.js'
import { ProofFailedError } from './proof.errors.js'
import { Provers } from './provers.js'

@Injectable()
export class CheckEvidence {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly provers: Provers,
  ) {}

  /**
   * `by` names the browser or link that guesses count against, so that a stranger's log-ins elsewhere do not lock the owner
   * out.
   */
  async execute(account: Account, evidence: identity.Evidence, by: string, network?: string): Promise<Proof> {
    const name = account.handleKey
    await this.attempts.begin(name, by)
    const proof = await this.firstProof(account, evidence, network).catch(async (refusal: unknown) => {
      await this.attempts.withdraw(name, by)
      throw refusal
    })
    if (!proof) throw new ProofFailedError()
    await this.attempts.succeeded(name, by)
    return proof
  }

  private async firstProof(account: Account, evidence: identity.Evidence, network?: string) {
    for (const prover of this.provers.of(account))
      if (await prover.prove(account, evidence, network)) return prover.proof
    return undefined
  }
}
