import type { ApiDefinition } from '@mpics/contracts'
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common'

const DEFINITION = 'mpics:definition'

/** The handler's definition, kept as metadata, because tracing preserves metadata when it wraps a handler. */
export const apiOf = (handler: object): ApiDefinition | undefined =>
  Reflect.getMetadata(DEFINITION, handler) as ApiDefinition | undefined

/** Serves one defined call: its route, status, access, validated `Input`, Idempotency-Key and ETag; tests also check the answer. */
export function Endpoint(api: ApiDefinition): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod[api.method], path: api.path.replace(/\{(\w+)\}/g, ':$1') }),
    HttpCode(api.status),
    SetMetadata(DEFINITION, api),
  )
}
