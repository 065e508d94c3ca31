import { DomainError } from '@mpics/contracts'

export class TooManyViewsError extends DomainError {
  readonly code = 'analytics.too-many-views'
  readonly kind = 'invalid'
  constructor(most: number) {
    super(
      `Filters that combine look at single views, and at ${most.toLocaleString('en')} of them at most: ask for a shorter time.`,
    )
  }
}
