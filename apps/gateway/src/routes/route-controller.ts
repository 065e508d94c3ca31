import type { ApiDefinition } from '@mpics/contracts'
import { Controller, Inject, Req, RequestMapping, RequestMethod, Res, type Type } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type EdgeRoute, OnEdge } from '../routes/edge-route.js'
import { Forward } from './forward.js'

const nestPath = ({ path }: ApiDefinition) => path.replace(/\{(\w+)\}/g, ':$1')

/** Makes a handler for each proxied line of the table, so that guards and filters hold for it as for any other. */
export function proxyController(routes: readonly EdgeRoute[]): Type {
  @Controller()
  class ProxyController {
    constructor(@Inject(Forward) readonly forward: Forward) {}
  }
  for (const route of routes) if (route.served === 'proxied') addHandler(ProxyController, route)
  return ProxyController
}

function addHandler(controller: Type<{ forward: Forward }>, route: EdgeRoute): void {
  const { prototype } = controller as { prototype: object }
  const { api } = route
  const value = function (this: { forward: Forward }, request: FastifyRequest, reply: FastifyReply) {
    return this.forward.execute(route, request, reply)
  }
  const descriptor = { value, configurable: true, writable: true, enumerable: false }
  Object.defineProperty(prototype, api.name, descriptor)
  Req()(prototype, api.name, 0)
  Res()(prototype, api.name, 1)
  RequestMapping({ method: RequestMethod[api.method], path: nestPath(api) })(prototype, api.name, descriptor)
  OnEdge(route)(prototype, api.name, descriptor)
}
