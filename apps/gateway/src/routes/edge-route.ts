import type { ApiDefinition } from '@mpics/contracts'
import { CHANGE_MS } from '@mpics/service-kit'
import { RouteConfig } from '@nestjs/platform-fastify'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import type { LimitClass } from '../limits/limit-class.js'

/** One line of the edge’s table. */
export interface EdgeRoute {
  readonly api: ApiDefinition
  /**
   * `proxied`: goes to its service and back; `streamed`: server-sent events of its service, without an end; `composed`: the
   * gateway joins several answers; `here`: the gateway answers alone.
   */
  readonly served: 'proxied' | 'streamed' | 'composed' | 'here'
  readonly limit: LimitClass
  /** Largest body in bytes. */
  readonly bodyLimit: number
  /** The field that makes nearly all of a body: one over the limit is refused as too long a field (422). */
  readonly bodyField: string | null
  /**
   * The service may be silent for so long; that of a stream, until its answer begins. It hears of it, and begins no change that
   * nobody would learn of.
   */
  readonly timeoutMs: number
  /** The call takes and gives these cookies, and no others. */
  readonly cookies: readonly string[]
  /** The service learns from which country the request comes. */
  readonly country: boolean
  /** The service shares out its work by the network that the request comes from. */
  readonly network: boolean
  /** Its signed links name the session that they were given to, and end with it. */
  readonly sessionLinks: boolean
  /** Ends the session of its caller, whose tokens this replica then refuses at once (B49). */
  readonly endsSession: boolean
  /** A token in its path alone permits what it does, whichever site’s page or mail program asks (RFC 8058 §3.2). */
  readonly takesToken: boolean
  /** Its caller is an agent, whose credential the handler checks. */
  readonly byAgent: boolean
}

export type RouteSettings = Partial<Omit<EdgeRoute, 'api' | 'served'>>

const KIB = 1024

export const edgeRoute = (
  served: EdgeRoute['served'],
  api: ApiDefinition,
  settings: RouteSettings = {},
): EdgeRoute => ({
  api,
  served,
  limit: api.method === 'GET' ? 'read' : 'write',
  bodyLimit: 64 * KIB,
  bodyField: null,
  timeoutMs: api.method === 'GET' ? 5_000 : CHANGE_MS,
  cookies: [],
  country: false,
  network: false,
  sessionLinks: false,
  endsSession: false,
  takesToken: false,
  byAgent: false,
  ...settings,
})

declare module 'fastify' {
  interface FastifyContextConfig {
    edge?: EdgeRoute
    limit?: LimitClass
    takesToken?: true
    openForm?: true
  }
}

/** Binds a handler to its line of the table. */
export const OnEdge = (edge: EdgeRoute): MethodDecorator => RouteConfig({ edge })

/** Sets the limit of a page, which is in no table; by default it counts as a read. */
export const Limited = (limit: LimitClass): MethodDecorator => addConfig({ limit })

/**
 * Exempts a page whose mailed link holds a token from the cross-site check. The token alone permits what the page does, so
 * that another site gains nothing by posting its form; and under `Referrer-Policy: no-referrer` browsers send no `Origin`.
 */
export const TakesToken = (): MethodDecorator => addConfig({ takesToken: true })

/** Exempts a form in which no session plays a part from the token of forms: whoever sends it gains nothing by another’s browser. */
export const OpenForm = (): MethodDecorator => addConfig({ openForm: true })

export const edgeRouteOf = (request: FastifyRequest): EdgeRoute | undefined => request.routeOptions.config.edge

const CONFIG = '__fastify_route_config__'

/** Merges, where Nest’s own decorator replaces what another one set. */
function addConfig(config: FastifyContextConfig): MethodDecorator {
  return (target, key, descriptor) => {
    const before = Reflect.getMetadata(CONFIG, descriptor.value as object) as FastifyContextConfig | undefined
    RouteConfig({ ...before, ...config })(target, key, descriptor)
  }
}
