import { DomainError } from '@mpics/contracts'

/** What completes a log-in whose password was right. */
export interface PendingFactors {
  sessionId: string
  factors: readonly ('totp' | 'recovery-code' | 'passkey')[]
  /** In seconds. */
  expiresIn: number
}

export class FactorNeededError extends DomainError {
  readonly code = 'identity.factor-needed'
  readonly kind = 'unauthenticated'
  override readonly extensions: { [Member in keyof PendingFactors]: PendingFactors[Member] }
  constructor(pending: PendingFactors) {
    super('Complete this log-in with a second factor at /v1/sessions/{id}/factor.')
    this.extensions = pending
  }
}
