import type { ApiDefinition, ServiceName } from '@mpics/contracts'
import CircuitBreaker from 'opossum'
import type { Pool } from 'undici'
import { currentRequestId } from '../logging/request-context.js'
import { isChange, isFairWait, timeBudget, waitFor } from '../trust/time-budget.js'
import { exchange, type WholeAnswer } from './exchange.js'
import { isOutage, ServiceFault } from './outage.js'
import { PeerDistrustError, PeerError, type PeerProblem, PeerUnavailableError } from './peer.errors.js'
import { pathOf, type PeerRequest } from './peer-request.js'

const UNAUTHENTICATED = 'unauthenticated'
const UNKNOWN = 'unknown'
const BREAKER = {
  timeout: false as const,
  rollingPercentilesEnabled: false,
  errorThresholdPercentage: 50,
  volumeThreshold: 10,
  resetTimeout: 2_000,
  errorFilter: (error: unknown) => !isOutage(error),
}

interface Sent {
  api: ApiDefinition
  path: string
  body: string | null
  headers: Readonly<Record<string, string>>
  token: string
  waitMs: number
}

/** Connections apart for reads and for changes. */
export interface PeerPools {
  readonly reads: Pool
  readonly changes: Pool
}

type Breaker = CircuitBreaker<[Sent], WholeAnswer>

/**
 * One other service: its connections, and a breaker for each call that refuses at once while the service is away. A call that only
 * fails with what somebody sent thus stops no other, and changes that wait take no connection of reads.
 */
export class Peer {
  private readonly breakers = new Map<string, Breaker>()

  constructor(
    private readonly service: ServiceName,
    private readonly pools: PeerPools,
  ) {}

  async call(api: ApiDefinition, request: PeerRequest, token: string): Promise<unknown> {
    const body = request.body === undefined ? null : JSON.stringify(request.body)
    const { headers = {} } = request
    const sent = { api, path: pathOf(api, request), body, headers, token, waitMs: waitFor(api) }
    const asked = request.isEarly ? this.sendEarly(sent) : this.breakerOf(api).fire(sent)
    const answer = await asked.catch((cause: unknown) => {
      throw new PeerUnavailableError(this.service, api.name, cause)
    })
    if (answer.status !== api.status) throw this.refusal(api, answer)
    return api.answer ? this.parse(api, answer) : undefined
  }

  /** Calls that are refused at once, or of which one may try. */
  get openBreakers(): number {
    return [...this.breakers.values()].filter(({ closed }) => !closed).length
  }

  async close(): Promise<void> {
    for (const breaker of this.breakers.values()) breaker.shutdown()
    await Promise.all([this.pools.reads.close(), this.pools.changes.close()])
  }

  private breakerOf({ name }: ApiDefinition): Breaker {
    const known = this.breakers.get(name) ?? new CircuitBreaker((sent: Sent) => this.send(sent), BREAKER)
    this.breakers.set(name, known)
    return known
  }

  private async sendEarly(sent: Sent): Promise<WholeAnswer> {
    if (!this.breakerOf(sent.api).closed) throw new Error('the service is away')
    return this.send(sent)
  }

  private async send(sent: Sent): Promise<WholeAnswer> {
    const { api, path, body, token, waitMs } = sent
    const requestId = currentRequestId()
    const headers = {
      ...sent.headers,
      authorization: `Bearer ${token}`,
      ...timeBudget(waitMs),
      ...(requestId && { 'x-request-id': requestId }),
      ...(body !== null && { 'content-type': 'application/json' }),
    }
    const pool = isChange(api) ? this.pools.changes : this.pools.reads
    const limit = { ms: waitMs, reason: () => noAnswerIn(sent) }
    const answer = await exchange(pool, { method: api.method, path, headers, body }, limit)
    if (answer.status >= 500) throw new ServiceFault(this.service, api.name, answer.status)
    return answer
  }

  /** A person may be refused with 401, too: the code tells whether it is about our token. */
  private refusal(api: ApiDefinition, { status, body }: WholeAnswer): Error {
    const problem = json(body) as PeerProblem | undefined
    const code = problem?.code ?? UNKNOWN
    if (status === 401 && (code === UNKNOWN || code === UNAUTHENTICATED))
      return new PeerDistrustError(this.service, api.name)
    return new PeerError(api, status, code, problem?.detail ?? '', problem)
  }

  /** A service one version ahead may answer with additional fields: they pass. */
  private parse(api: ApiDefinition, answer: WholeAnswer): unknown {
    const value = json(answer.body)
    const parsed = api.answer?.safeParse(value)
    if (parsed?.success) return parsed.data
    if (parsed?.error.issues.every((issue) => issue.code === 'unrecognized_keys')) return value
    throw new PeerUnavailableError(this.service, api.name, parsed?.error)
  }
}

const noAnswerIn = ({ api, waitMs }: Sent) =>
  new DOMException('no answer in time', isFairWait(api, waitMs) ? 'TimeoutError' : 'AbortError')

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
