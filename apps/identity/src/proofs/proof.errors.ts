import { DomainError, type Proof } from '@mpics/contracts'
import { PROOF_SECONDS } from '../sessions/session.js'

/** RFC 9470: the log-in lasts, and a younger proof is asked for. */
export class ProofNeededError extends DomainError {
  readonly code = 'identity.proof-needed'
  readonly kind = 'unauthenticated'
  readonly headers = {
    'www-authenticate': `Bearer error="insufficient_user_authentication", max_age="${PROOF_SECONDS}"`,
  }
  override readonly extensions: { accepts: readonly Proof[] }
  constructor(accepts: readonly Proof[]) {
    super('Prove again who you are with POST /v1/sessions/current/proof, and repeat this call within ten minutes.')
    this.extensions = { accepts }
  }
}

export class ProofFailedError extends DomainError {
  readonly code = 'identity.proof-failed'
  readonly kind = 'forbidden'
  constructor() {
    super('This does not prove who you are; enter it again.')
  }
}
