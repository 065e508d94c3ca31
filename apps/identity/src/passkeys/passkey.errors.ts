import { DomainError } from '@mpics/contracts'

export class PasskeysFullError extends DomainError {
  readonly code = 'identity.passkeys-full'
  readonly kind = 'conflict'
  constructor() {
    super('You have twenty passkeys; take one out first.')
  }
}

/** Does not tell what was wrong: an unknown or removed passkey, a signature, a challenge, or the site that asked. */
export class PasskeyRefusedError extends DomainError {
  readonly code = 'identity.passkey-refused'
  readonly kind = 'forbidden'
  constructor() {
    super('This passkey cannot be accepted; begin again, or use another one.')
  }
}
