import { DomainError, type InputIssue } from '@mpics/contracts'
import { TooLargeError } from '@mpics/service-kit'
import type { EdgeRoute } from './edge-route.js'

class FieldTooLongError extends DomainError {
  readonly code = 'input-invalid'
  readonly kind = 'invalid'
  override readonly errors: InputIssue[]
  constructor(field: string, maxBytes: number) {
    super(`The body has more than ${maxBytes} bytes; ${field} makes nearly all of them, and has to be shorter.`)
    this.errors = [{ path: field, code: 'too-long', message: this.message }]
  }
}

/** Names the field that makes a body too large, where one does. */
export const bodyTooLarge = (route?: Pick<EdgeRoute, 'bodyField' | 'bodyLimit'>): DomainError =>
  route?.bodyField ? new FieldTooLongError(route.bodyField, route.bodyLimit) : new TooLargeError()
