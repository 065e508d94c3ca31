import type { ApiDefinition } from '@mpics/contracts'
import { NoAnswerError, problemIn, ProblemError } from './problem-error.js'
import { addressOf, type ApiRequest, type ApiResult, bodyOf } from './request.js'
import { type Reply, send, type TransportOptions, type WireRequest } from './transport.js'

/** Whoever is logged in: gives the access token, and a new one when the server takes the old one no more. */
export interface Credentials {
  token(): string | undefined
  renew?(): Promise<string | undefined>
}

export interface ApiClientOptions extends TransportOptions {
  credentials?: Credentials
  /** How long a call is tried again while the server is away or restarts. */
  patienceMs?: number
}

/** An answer that was wanted. */
export interface Answer<T> extends Reply<T> {
  /** More than one: what became of the first is not known. */
  attempts: number
}

const AGAIN_MS = 200

/** A client of the public API, typed by the definitions of the contracts. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly options: ApiClientOptions = {},
  ) {}

  /** The same, with other options. */
  with(options: ApiClientOptions): ApiClient {
    return new ApiClient(this.url, { ...this.options, ...options })
  }

  /** Throws a ProblemError where the server refuses. */
  async call<D extends ApiDefinition>(api: D, request: ApiRequest<D>): Promise<ApiResult<D>> {
    return (await this.answer(api, request)).body
  }

  /** The same with status and headers. */
  async answer<D extends ApiDefinition>(
    api: D,
    request: ApiRequest<D>,
    headers: Record<string, string> = {},
  ): Promise<Answer<ApiResult<D>>> {
    const key: Record<string, string> = api.idempotent ? { 'idempotency-key': crypto.randomUUID() } : {}
    const answer = await this.untilAnswered(() => ({
      method: api.method,
      path: addressOf(api.path, request),
      headers: { ...key, ...headers },
      body: bodyOf(api, request),
    }))
    const body = (answer.status === 204 ? undefined : answer.body) as ApiResult<D>
    return { ...answer, body }
  }

  /** The bytes behind a link that an answer gave. */
  async bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const { body } = await this.untilAnswered(() => ({ method: 'GET', path }))
    return body as Uint8Array<ArrayBuffer>
  }

  /** Any request, whatever it is answered: for what no definition allows. */
  send(request: WireRequest): Promise<Reply> {
    const token = request.token ?? this.options.credentials?.token()
    return send(this.url, { ...request, token }, this.options)
  }

  private async untilAnswered(make: () => WireRequest): Promise<Answer<unknown>> {
    const until = performance.now() + (this.options.patienceMs ?? 0)
    for (let attempts = 1; ; attempts++) {
      const reply = await this.renewed(make).catch((error: unknown) => error as NoAnswerError)
      if (!(reply instanceof Error) && reply.status >= 200 && reply.status < 300) return { ...reply, attempts }
      if (!isPassing(reply) || performance.now() > until) throw refusal(make(), reply)
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }

  /** A token that has expired is renewed once. */
  private async renewed(make: () => WireRequest): Promise<Reply> {
    const { credentials } = this.options
    const reply = await this.send(make())
    if (reply.status !== 401 || !credentials?.token() || !credentials.renew) return reply
    const token = await credentials.renew()
    return token ? this.send({ ...make(), token }) : reply
  }
}

/** A server is away, or a request that died with one is still taken to be running. */
const isPassing = (reply: Reply | Error): boolean =>
  reply instanceof Error
    ? reply instanceof NoAnswerError
    : reply.status === 502 || reply.status === 503 || problemIn(reply.body)?.code === 'idempotency-in-progress'

function refusal({ method, path }: WireRequest, reply: Reply | Error): Error {
  if (reply instanceof Error) return reply
  return new ProblemError(`${method} ${path}`, reply.status, problemIn(reply.body), reply.body)
}
