import { DomainError, type InputIssue } from '@mpics/contracts'

export class PageNotFoundError extends DomainError {
  readonly code = 'gateway.page-not-found'
  readonly kind = 'not-found'
  constructor() {
    super('The site has no such page, or not for you; send a path such as /photos/<id> or /@<handle>.')
  }
}

/** Says which of many there are not. */
export class PagesNotFoundError extends PageNotFoundError {
  override readonly errors: InputIssue[]
  constructor(missing: readonly number[]) {
    super()
    this.errors = missing.map((index) => ({
      path: `views.${index}.page`,
      code: 'page-not-found',
      message: 'The site has no such page, or not for you.',
    }))
  }
}
