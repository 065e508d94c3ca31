import { DomainError } from '@mpics/contracts'

export class PageNotFoundError extends DomainError {
  readonly code = 'gateway.page-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('The site has no such page, or not for you; send a path such as /photos/<id> or /@<handle>.')
  }
}
