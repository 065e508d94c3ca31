import type { ApiDefinition } from '@mpics/contracts'
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common'

const DEFINITION = 'mpics:definition'

/** The definition that a handler serves. As metadata, because that is what tracing keeps when it wraps a handler. */
export const apiOf = (handler: object): ApiDefinition | undefined =>
  Reflect.getMetadata(DEFINITION, handler) as ApiDefinition | undefined

/**
 * Serves one defined call: its route and status, who may call, validated input (see `Input`), Idempotency-Key where the
 * definition takes one, ETag; in tests the answer is checked against the definition too.
 */
export function Endpoint(api: ApiDefinition): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod[api.method], path: api.path.replace(/\{(\w+)\}/g, ':$1') }),
    HttpCode(api.status),
    SetMetadata(DEFINITION, api),
  )
}
