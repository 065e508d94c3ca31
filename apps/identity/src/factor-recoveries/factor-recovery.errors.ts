import { DomainError } from '@mpics/contracts'

export class PasswordTooNewError extends DomainError {
  readonly code = 'identity.password-too-new'
  readonly kind = 'conflict'
  override readonly extensions: { notBefore: string }
  constructor(notBefore: Date) {
    super('Factors can be taken off an account only when its password has not changed for seven days; try again later.')
    this.extensions = { notBefore: notBefore.toISOString() }
  }
}
