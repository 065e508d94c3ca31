import { DomainError } from '@mpics/contracts'

export class FollowSelfError extends DomainError {
  readonly code = 'profiles.follow-self'
  readonly kind = 'invalid'
  constructor() {
    super('Nobody can follow themselves.')
  }
}

export class FollowNotFoundError extends DomainError {
  readonly code = 'profiles.follow-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such follow.')
  }
}
