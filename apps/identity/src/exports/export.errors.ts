import { DomainError } from '@mpics/contracts'

export class ExportNotFoundError extends DomainError {
  readonly code = 'identity.export-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no such export, or it is older than seven days; ask for a new one.')
  }
}

export class ExportNotReadyError extends DomainError {
  readonly code = 'identity.export-not-ready'
  readonly kind = 'conflict'
  constructor() {
    super('The export has no file yet; its status says how far it is.')
  }
}

export class TooManyExportsError extends DomainError {
  readonly code = 'identity.too-many-exports'
  readonly kind = 'too-many'
  readonly retryAfterSeconds: number
  constructor(retryAfterMs: number) {
    super('An account can ask for five exports within 24 hours; fetch the last one, or try again later.')
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  }
}

export class RangeNotSatisfiableError extends DomainError {
  readonly code = 'identity.range-not-satisfiable'
  readonly kind = 'range-not-satisfiable'
  constructor(bytes: number) {
    super(`The file has ${bytes} bytes, and none of those that Range asks for.`)
  }
}
