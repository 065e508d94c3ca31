import { DomainError } from '@mpics/contracts'

/** One answer for a missing photo and for one that this viewer may not see. */
export class PhotoNotFoundError extends DomainError {
  readonly code = 'media.photo-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no photo here that you may see.')
  }
}
