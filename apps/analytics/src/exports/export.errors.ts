import { DomainError } from '@mpics/contracts'

export class ExportsBusyError extends DomainError {
  readonly code = 'analytics.busy'
  readonly kind = 'too-many'
  readonly retryAfterSeconds = 30
  constructor(most: number) {
    super(`${most} tables are being written for analysts, and no more at once: try again when one of them is done.`)
  }
}

export class EventsUnreadableError extends DomainError {
  readonly code = 'events-unavailable'
  readonly kind = 'unavailable'
  readonly retryAfterSeconds = 5
  constructor(override readonly cause: unknown) {
    super('The topic cannot be read at this moment; try again in a moment.')
  }
}
