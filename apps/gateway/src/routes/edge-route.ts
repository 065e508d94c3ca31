import type { ApiDefinition } from '@mpics/contracts'
import { RouteConfig } from '@nestjs/platform-fastify'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import type { LimitClass } from '../limits/limit-class.js'

/** One line of the edge’s table. */
export interface EdgeRoute {
  readonly api: ApiDefinition
  /** `proxied`: streamed to its service and back; `composed`: joined here from several answers; `here`: the gateway’s own. */
  readonly served: 'proxied' | 'composed' | 'here'
  readonly limit: LimitClass
  /** Largest body in bytes. */
  readonly bodyLimit: number
  /** How long the service may be silent. */
  readonly timeoutMs: number
  /** Cookies that the call takes and gives. */
  readonly cookies: readonly string[]
  /** The service learns the country that the request comes from. */
  readonly country: boolean
  /** Ends the session of its caller, whose tokens this replica then refuses at once (B49). */
  readonly endsSession: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    edge?: EdgeRoute
    limit?: LimitClass
    takesToken?: true
  }
}

/** Binds a handler to its line of the table. */
export const OnEdge = (edge: EdgeRoute): MethodDecorator => RouteConfig({ edge })

/** What a request to a page, which is in no table, counts as; a read unless told. */
export const Limited = (limit: LimitClass): MethodDecorator => addConfig({ limit })

/**
 * A page whose link in a mail holds a token. The token alone permits what the page does, so that nothing is gained by
 * posting its form from another site; and browsers that keep the address to themselves (`Referrer-Policy: no-referrer`)
 * send no `Origin` either.
 */
export const TakesToken = (): MethodDecorator => addConfig({ takesToken: true })

export const edgeRouteOf = (request: FastifyRequest): EdgeRoute | undefined => request.routeOptions.config.edge

const CONFIG = '__fastify_route_config__'

/** Nest’s own decorator replaces what another one set. */
function addConfig(config: FastifyContextConfig): MethodDecorator {
  return (target, key, descriptor) => {
    const before = Reflect.getMetadata(CONFIG, descriptor.value as object) as FastifyContextConfig | undefined
    RouteConfig({ ...before, ...config })(target, key, descriptor)
  }
}
