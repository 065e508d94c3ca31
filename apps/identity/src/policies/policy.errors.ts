import { DomainError, type InputIssue } from '@mpics/contracts'

export class PolicyNotFoundError extends DomainError {
  readonly code = 'identity.policy-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such version, or none was in force at that time.')
  }
}

export class PolicyImmutableError extends DomainError {
  readonly code = 'identity.policy-published'
  readonly kind = 'conflict'
  constructor(document: string, version: string) {
    super(`Version ${version} of the document ${document} was published and never changes; publish another version.`)
  }
}

export class PolicyOrderError extends DomainError {
  readonly code = 'identity.policy-order'
  readonly kind = 'conflict'
  constructor(latest: string) {
    super(`A version comes into force later than the one before it, which is ${latest}.`)
  }
}

export class PolicyOutdatedError extends DomainError {
  readonly code = 'identity.policy-outdated'
  readonly kind = 'conflict'
  override readonly extensions: Record<string, unknown>
  constructor(inForce: { terms?: string; privacy?: string }) {
    super('Another version is in force: show it, and send the version that was shown.')
    this.extensions = { inForce }
  }
}

const DATE_MESSAGES = {
  past: 'A version comes into force in the future, so that people can read it before.',
  'too-late': 'A version comes into force within a hundred years.',
}

export class PolicyDateError extends DomainError {
  readonly code = 'input-invalid'
  readonly kind = 'invalid'
  override readonly errors: InputIssue[]
  constructor(reason: keyof typeof DATE_MESSAGES) {
    super(DATE_MESSAGES[reason])
    this.errors = [{ path: 'effectiveAt', code: reason, message: this.message }]
  }
}

export class PoliciesFullError extends DomainError {
  readonly code = 'identity.policies-full'
  readonly kind = 'conflict'
  constructor() {
    super('The versions of this document take all the room that there is for it; publish a shorter text.')
  }
}
