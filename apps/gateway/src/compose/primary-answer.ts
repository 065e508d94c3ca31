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

const first = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)

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
    const { statusCode, headers: given, text } = await this.ask(route, path + searchOf(request), headers)
    const body = parse(text)
    if (statusCode >= 500 || (statusCode === api.status && body === undefined))
      throw this.failed(new Error(`${api.service} answered ${api.name} with ${statusCode} and no answer in it`))
    if (statusCode !== api.status) throw upstreamProblem(statusCode, body ?? {})
    return { body: body as Answered<D>['body'], etag: first(given.etag) }
  }

  private async ask(route: EdgeRoute, path: string, headers: Record<string, string>) {
    const origin = this.upstreams.originOf(route.api.service, poolKindOf(route))
    const timeouts = { headersTimeout: route.timeoutMs, bodyTimeout: route.timeoutMs }
    try {
      const answer = await this.upstreams.request({ origin, path, method: 'GET', headers, ...timeouts })
      return { ...answer, text: await answer.body.text() }
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
