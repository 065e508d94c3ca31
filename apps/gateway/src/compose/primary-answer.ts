import type { ApiAnswer, ApiDefinition } from '@mpics/contracts'
import { UnavailableError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { poolKindOf } from '../proxy/pool-kind.js'
import { Upstreams } from '../proxy/upstreams.js'
import { upstreamPath } from '../proxy/upstream-path.js'
import { UpstreamRequests } from '../proxy/upstream-requests.js'
import type { EdgeRoute } from '../routes/edge-route.js'
import { searchOf } from '../routes/request-path.js'
import { routeOf } from '../routes/routes.js'
import { upstreamProblem } from './upstream-problem.error.js'

export interface Answered<D extends ApiDefinition> {
  body: NonNullable<ApiAnswer<D>>
  etag?: string
}

/** Asks the owner for the part without which there is no composed answer, and repeats its refusals. */
@Injectable()
export class PrimaryAnswer {
  constructor(
    private readonly upstreams: Upstreams,
    private readonly requests: UpstreamRequests,
  ) {}

  async read<D extends ApiDefinition>(api: D, request: FastifyRequest): Promise<Answered<D>> {
    const route = routeOf(api)
    const headers = this.requests.headersOfRead(route, request)
    const path = upstreamPath(api.path, request.params as Record<string, string>)
    const { status, headers: given, ...answer } = await this.ask(route, path + searchOf(request), headers)
    const body = parse(answer.body.toString())
    if (status >= 500 || (status === api.status && body === undefined))
      throw this.failed(new Error(`${api.service} answered ${api.name} with ${status} and no answer in it`))
    if (status !== api.status) throw upstreamProblem(status, body ?? {})
    return { body: body as Answered<D>['body'], etag: given.etag }
  }

  private async ask(route: EdgeRoute, path: string, headers: Record<string, string>) {
    const origin = this.upstreams.originOf(route.api.service, poolKindOf(route))
    try {
      return await this.upstreams.read(origin, path, headers, route.timeoutMs)
    } catch (error) {
      throw this.failed(error)
    }
  }

  private failed(error: unknown): UnavailableError {
    this.upstreams.noteFailure(error)
    return new UnavailableError()
  }
}

function parse(text: string): object | undefined {
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}
