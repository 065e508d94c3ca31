import { DomainError } from '@mpics/contracts'

export class ReceiptNotFoundError extends DomainError {
  readonly code = 'identity.receipt-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('Your ledger has no entry with this receipt.')
  }
}

export class RootNotYetError extends DomainError {
  readonly code = 'identity.root-not-yet'
  readonly kind = 'conflict'
  constructor(day: string) {
    super(`The root of ${day} is not published yet; it follows soon after the day has ended in UTC.`)
  }
}
