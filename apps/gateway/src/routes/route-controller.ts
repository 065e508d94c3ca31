import type { ApiDefinition } from '@mpics/contracts'
import { Controller, Inject, Req, RequestMapping, RequestMethod, Res, type Type } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type EdgeRoute, OnEdge } from './edge-route.js'

export interface RouteHandler {
  execute(route: EdgeRoute, request: FastifyRequest, reply: FastifyReply): Promise<void>
}

const nestPath = ({ path }: ApiDefinition) => path.replace(/\{(\w+)\}/g, ':$1')

/** Makes an endpoint for each line of the table, so that guards and filters hold for it as for any other. */
export function routeController(routes: readonly EdgeRoute[], handler: Type<RouteHandler>): Type {
  @Controller()
  class RouteController {
    constructor(@Inject(handler) readonly handler: RouteHandler) {}
  }
  for (const route of routes) addEndpoint(RouteController, route)
  return RouteController
}

function addEndpoint(controller: Type<{ handler: RouteHandler }>, route: EdgeRoute): void {
  const { prototype } = controller as { prototype: object }
  const { api } = route
  const value = function (this: { handler: RouteHandler }, request: FastifyRequest, reply: FastifyReply) {
    return this.handler.execute(route, request, reply)
  }
  const descriptor = { value, configurable: true, writable: true, enumerable: false }
  Object.defineProperty(prototype, api.name, descriptor)
  Req()(prototype, api.name, 0)
  Res()(prototype, api.name, 1)
  RequestMapping({ method: RequestMethod[api.method], path: nestPath(api) })(prototype, api.name, descriptor)
  OnEdge(route)(prototype, api.name, descriptor)
}
