import { DomainError, type profiles } from '@mpics/contracts'

export class ProfileNotFoundError extends DomainError {
  readonly code = 'profiles.profile-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such profile.')
  }
}

export class ProfileIncompleteError extends DomainError {
  readonly code = 'profiles.profile-incomplete'
  readonly kind = 'conflict'
  override readonly extensions: { missing: profiles.ProfileField[] }
  constructor(...missing: profiles.ProfileField[]) {
    super(`This needs a field of your profile that is empty: ${missing.join(', ')}.`)
    this.extensions = { missing }
  }
}
