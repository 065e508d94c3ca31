import type { ApiDefinition } from '@mpics/contracts'
import { isChange } from '../trust/time-budget.js'

export const DEFINITION = 'mpics:definition'

/** The handler's definition, kept as metadata, because tracing preserves metadata when it wraps a handler. */
export const apiOf = (handler: object): ApiDefinition | undefined =>
  Reflect.getMetadata(DEFINITION, handler) as ApiDefinition | undefined

/**
 * An interceptor takes its input, once every guard has passed: a key may repeat it, or it has to be proved first. All others take it in
 * `AccessGuard`, before guards of their own, so a handler with such a guard has to be wrapped. Nest’s observables cost as much as a log line.
 */
export const isWrapped = (api: ApiDefinition): boolean => isChange(api) && (api.idempotent || api.proof === true)
