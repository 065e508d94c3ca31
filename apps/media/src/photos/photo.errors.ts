import { DomainError } from '@mpics/contracts'

/** The same answer for what does not exist and for what this viewer may not see. */
export class PhotoNotFoundError extends DomainError {
  readonly code = 'media.photo-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('There is no photo here that you may see.')
  }
}
