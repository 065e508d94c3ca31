import { DomainError } from '@mpics/contracts'

export class SchemaNotFoundError extends DomainError {
  readonly code = 'gateway.schema-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('No event has that name; all of them stand on /docs/events.')
  }
}
