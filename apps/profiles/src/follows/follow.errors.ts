import { DomainError } from '@mpics/contracts'

export class FollowSelfError extends DomainError {
  readonly code = 'profiles.follow-self'
  readonly kind = 'invalid'
  constructor() {
    super('Nobody can follow themselves.')
  }
}
