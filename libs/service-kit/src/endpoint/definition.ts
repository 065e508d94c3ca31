import type { ApiDefinition } from '@mpics/contracts'

export const DEFINITION = 'mpics:definition'

/** The handler's definition, kept as metadata, because tracing preserves metadata when it wraps a handler. */
export const apiOf = (handler: object): ApiDefinition | undefined =>
  Reflect.getMetadata(DEFINITION, handler) as ApiDefinition | undefined
