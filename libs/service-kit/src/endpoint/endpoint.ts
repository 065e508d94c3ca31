import type { ApiDefinition } from '@mpics/contracts'
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata, UseInterceptors } from '@nestjs/common'
import { ChangeInterceptor } from './change.interceptor.js'
import { DEFINITION, isWrapped } from './definition.js'

/** Serves one defined call: its route, status, access, validated `Input`, Idempotency-Key and ETag; tests also check the answer. */
export function Endpoint(api: ApiDefinition): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod[api.method], path: api.path.replace(/\{(\w+)\}/g, ':$1') }),
    HttpCode(api.status),
    SetMetadata(DEFINITION, api),
    ...(isWrapped(api) ? [UseInterceptors(ChangeInterceptor)] : []),
  )
}
