import type { ApiDefinition } from '@mpics/contracts'
import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common'

const definitions = new WeakMap<object, ApiDefinition>()

/** The definition that a handler serves. */
export const apiOf = (handler: object): ApiDefinition | undefined => definitions.get(handler)

/**
 * Serves one defined call: its route and status, who may call, validated input (see `Input`), Idempotency-Key where the
 * definition takes one, ETag; in tests the answer is checked against the definition too.
 */
export function Endpoint(api: ApiDefinition): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod[api.method], path: api.path.replace(/\{(\w+)\}/g, ':$1') }),
    HttpCode(api.status),
    (_target: object, _key: string | symbol | undefined, descriptor?: TypedPropertyDescriptor<unknown>) => {
      definitions.set(descriptor?.value as object, api)
    },
  )
}
