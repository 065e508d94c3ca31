import { DomainError, type InputIssue } from '@mpics/contracts'

const MESSAGES = {
  past: 'A role ends in the future.',
  contractor: 'A contractor’s role ends within a year; say when.',
}

export class RoleEndRefusedError extends DomainError {
  readonly code = 'input-invalid'
  readonly kind = 'invalid'
  override readonly errors: InputIssue[]
  constructor(reason: keyof typeof MESSAGES) {
    super(MESSAGES[reason])
    this.errors = [
      { path: 'roles', code: reason === 'past' ? 'past' : 'contractor-without-end', message: this.message },
    ]
  }
}

export class FactorMissingError extends DomainError {
  readonly code = 'identity.factor-missing'
  readonly kind = 'conflict'
  constructor() {
    super('A role of the staff needs a second factor: the account must have a passkey or an authenticator first.')
  }
}

/** Whoever grants is somebody else than who is granted, so that one stolen session makes no operator of itself for longer. */
export class OwnRolesError extends DomainError {
  readonly code = 'identity.own-roles'
  readonly kind = 'forbidden'
  constructor() {
    super('Nobody changes their own roles; another operator does it.')
  }
}
