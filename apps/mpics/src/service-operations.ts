import type { ProjectionStatus } from '@mpics/eventing'
import type { JWK } from 'jose'
import { operatorToken } from './operator-key.js'
import { type Keeper, usualOpsPort } from './services.js'

/** The service could not be asked; it may come back. */
export class ServiceAwayError extends Error {
  constructor(service: string, url: string) {
    super(
      `${service} does not answer at ${url}: is it running, and is this its operators’ port? Say where with --url or ${service.toUpperCase()}_OPS_URL`,
    )
    this.name = 'ServiceAwayError'
  }
}

/** Where the operators' port of a service is, unless it is told: where npm start puts it. */
export function operationsUrl(service: Keeper, given?: string): string {
  const name = service.toUpperCase()
  const port = process.env[`${name}_OPS_PORT`] ?? usualOpsPort(service)
  return given ?? process.env[`${name}_OPS_URL`] ?? `http://127.0.0.1:${port}`
}

/** Calls the operators' port of one service. */
export class ServiceOperations {
  constructor(
    readonly service: Keeper,
    private readonly url: string,
    private readonly key: JWK,
  ) {}

  async projections(): Promise<ProjectionStatus[]> {
    return ((await this.ask('GET', '/projections')) as { items: ProjectionStatus[] }).items
  }

  async projection(name: string): Promise<ProjectionStatus> {
    return (await this.ask('GET', `/projections/${encodeURIComponent(name)}`)) as ProjectionStatus
  }

  async rebuild(name: string, allowEmpty: boolean): Promise<ProjectionStatus> {
    const query = allowEmpty ? '?allowEmpty=true' : ''
    return (await this.ask('POST', `/projections/${encodeURIComponent(name)}/rebuild${query}`)) as ProjectionStatus
  }

  /** What it is about stands in the body, never in the address. */
  order(name: string, body: object): Promise<unknown> {
    return this.ask('POST', `/orders/${name}`, body)
  }

  private async ask(method: string, path: string, order?: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${await operatorToken(this.key, this.service)}` }
    const body = order && JSON.stringify(order)
    const signal = AbortSignal.timeout(10_000)
    const response = await fetch(this.url + path, { method, headers, body, signal }).catch(() => {
      throw new ServiceAwayError(this.service, this.url)
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer
    throw this.refusal(response.status, reasonIn(answer))
  }

  private refusal(status: number, detail: string | undefined): Error {
    if (status === 401)
      return new Error(`${this.service} does not know the operator ${this.key.kid}: see its OPERATOR_PUBLIC_KEYS`)
    if (detail === undefined) return new ServiceAwayError(this.service, this.url)
    return new Error(`${this.service}: ${detail}`)
  }
}

interface Refusal {
  detail?: string
  errors?: { path: string; message: string }[]
}

function reasonIn(answer: unknown): string | undefined {
  const { detail, errors = [] } = (answer ?? {}) as Refusal
  return detail && [detail, ...errors.map(({ path, message }) => `${path}: ${message}`)].join(' ')
}
