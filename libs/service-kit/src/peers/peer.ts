import type { ApiDefinition, ServiceName } from '@mpics/contracts'
import CircuitBreaker from 'opossum'
import { Pool } from 'undici'
import { currentRequestId } from '../logging/request-context.js'
import type { InsideTls } from '../tls/inside-tls.js'
import { PeerDistrustError, PeerError, PeerUnavailableError } from './peer.errors.js'
import { pathOf, type PeerRequest } from './peer-request.js'

const TIMEOUT_MS = 2_000
const BREAKER = { timeout: false as const, errorThresholdPercentage: 50, volumeThreshold: 10, resetTimeout: 2_000 }

interface Answer {
  status: number
  text: string
}

/** One other service: its connections, and a breaker that refuses at once while it is away. */
export class Peer {
  private readonly pool: Pool
  private readonly breaker: CircuitBreaker<[ApiDefinition, PeerRequest, string], Answer>

  constructor(
    private readonly service: ServiceName,
    url: string,
    tls: InsideTls,
  ) {
    this.pool = new Pool(url, {
      ...tls.poolOptions(TIMEOUT_MS),
      connections: 32,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
    this.breaker = new CircuitBreaker((api, request, token) => this.send(api, request, token), BREAKER)
  }

  async call(api: ApiDefinition, request: PeerRequest, token: string): Promise<unknown> {
    const answer = await this.breaker.fire(api, request, token).catch((cause: unknown) => {
      throw new PeerUnavailableError(this.service, api.name, cause)
    })
    if (answer.status === 401) throw new PeerDistrustError(this.service, api.name)
    if (answer.status !== api.status) throw this.refusal(api, answer)
    return api.answer ? this.parse(api, answer) : undefined
  }

  async close(): Promise<void> {
    this.breaker.shutdown()
    await this.pool.close()
  }

  private async send(api: ApiDefinition, request: PeerRequest, token: string): Promise<Answer> {
    const requestId = currentRequestId()
    const response = await this.pool.request({
      method: api.method,
      path: pathOf(api, request),
      headers: {
        authorization: `Bearer ${token}`,
        ...(requestId && { 'x-request-id': requestId }),
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
      },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.body.text()
    if (response.statusCode >= 500) throw new Error(`${this.service} answered ${api.name} with ${response.statusCode}`)
    return { status: response.statusCode, text }
  }

  private refusal(api: ApiDefinition, answer: Answer): PeerError {
    const problem = json(answer.text) as { code?: string; detail?: string } | undefined
    return new PeerError(this.service, api.name, answer.status, problem?.code ?? 'unknown', problem?.detail ?? '')
  }

  /** A service one version ahead may answer with additional fields: they pass. */
  private parse(api: ApiDefinition, answer: Answer): unknown {
    const value = json(answer.text)
    const parsed = api.answer?.safeParse(value)
    if (parsed?.success) return parsed.data
    if (parsed?.error.issues.every((issue) => issue.code === 'unrecognized_keys')) return value
    throw new PeerUnavailableError(this.service, api.name, parsed?.error)
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
