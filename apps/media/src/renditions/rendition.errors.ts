import { DomainError } from '@mpics/contracts'

export class LinkExpiredError extends DomainError {
  readonly code = 'media.link-expired'
  readonly kind = 'forbidden'
  constructor() {
    super('This link has expired; read the photo again for a new one.')
  }
}

export class RangeNotSatisfiableError extends DomainError {
  readonly code = 'media.range-not-satisfiable'
  readonly kind = 'range-not-satisfiable'
  constructor(size: number) {
    super(`There are ${size} bytes; the range begins behind them.`)
  }
}
