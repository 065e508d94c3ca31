import { DomainError } from '@mpics/contracts'

export class PasskeysFullError extends DomainError {
  readonly code = 'identity.passkeys-full'
  readonly kind = 'conflict'
  constructor() {
    super('You have twenty passkeys; take one out first.')
  }
}

/** Nobody has it, or not any more. Its id is random, so that this tells nothing of an account. */
export class PasskeyUnknownError extends DomainError {
  readonly code = 'identity.passkey-unknown'
  readonly kind = 'forbidden'
  constructor() {
    super('No account has this passkey; use another one.')
  }
}

/** Does not tell what was wrong: a signature, a challenge, or the site that asked. */
export class PasskeyRefusedError extends DomainError {
  readonly code = 'identity.passkey-refused'
  readonly kind = 'forbidden'
  constructor() {
    super('This passkey cannot be accepted; begin again, or use another one.')
  }
}
