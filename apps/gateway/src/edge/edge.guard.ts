import { Authentication, checkAccess, UnauthenticatedError } from '@mpics/service-kit'
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayConfig } from '../config.js'
import { Admission } from '../auth/admission.js'
import { limitedAddress } from '../clients/client-address.js'
import type { LimitClass } from '../limits/limit-class.js'
import { Limits } from '../limits/limits.js'
import { Clients } from '../clients/clients.js'
import { CrossSiteError, isCrossSite } from '../clients/cross-site.js'
import { edgeRouteOf } from '../routes/edge-route.js'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses cross-site requests, authenticates the caller, takes from its limit and checks its access, in this order. */
@Injectable()
export class EdgeGuard implements CanActivate {
  constructor(
    private readonly config: GatewayConfig,
    private readonly authentication: Authentication,
    private readonly limits: Limits,
    private readonly clients: Clients,
    private readonly admission: Admission,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const reply = context.switchToHttp().getResponse<FastifyReply>()
    this.refuseCrossSite(request)
    await this.authenticate(context, request, reply)
    this.limits.charge(limitOf(request), this.clients.limitKeyOf(request), reply)
    const route = edgeRouteOf(request)
    if (request.caller) request.caller = await this.admission.admit(request.caller, request, route?.api)
    if (route && request.caller) checkAccess(route.api.access, request.caller)
    return true
  }

  private refuseCrossSite({ method, headers, routeOptions }: FastifyRequest): void {
    if (routeOptions.config.takesToken || routeOptions.config.edge?.takesToken) return
    const site = { publicUrl: this.config.PUBLIC_URL, corsOrigins: this.config.GATEWAY_CORS_ORIGINS }
    if (!SAFE.has(method) && isCrossSite(headers, site)) throw new CrossSiteError()
  }

  /** Counts bad tokens against the address that sends them. */
  private async authenticate(context: ExecutionContext, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      request.caller = await this.authentication.callerOf(context)
    } catch (error) {
      if (error instanceof UnauthenticatedError)
        this.limits.charge('credentials', limitedAddress(this.clients.addressOf(request)), reply)
      throw error
    }
  }
}

function limitOf(request: FastifyRequest): LimitClass {
  const { edge, limit } = request.routeOptions.config
  return edge?.limit ?? limit ?? (SAFE.has(request.method) ? 'read' : 'write')
}
