import type { ApiDefinition } from '@mpics/contracts'
import { NoAnswerError, problemIn, ProblemError } from './problem-error.js'
import { addressOf, type ApiRequest, type ApiResult, bodyOf } from './request.js'
import { type Reply, send, type TransportOptions, type WireRequest } from './transport.js'

/** Gives the access token, and a new one when the server refuses the old one. */
export interface Credentials {
  token(): string | undefined
  renew?(): Promise<string | undefined>
}

export interface ApiClientOptions extends TransportOptions {
  credentials?: Credentials
  /** Milliseconds for which a call is tried again while the server is away or restarts. */
  retryForMs?: number
}

export interface Answer<T> extends Reply<T> {
  /** More than one: the result of the first is unknown. */
  attempts: number
}

const AGAIN_MS = 200

/** The definitions of the contracts give the calls of the public API their types. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly options: ApiClientOptions = {},
  ) {}

  with(options: ApiClientOptions): ApiClient {
    return new ApiClient(this.url, { ...this.options, ...options })
  }

  /** Throws a ProblemError where the server refuses. */
  async call<D extends ApiDefinition>(api: D, request: ApiRequest<D>): Promise<ApiResult<D>> {
    return (await this.answer(api, request)).body
  }

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

  /** Fetches the bytes behind a link in an answer. */
  async bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const { body } = await this.untilAnswered(() => ({ method: 'GET', path }))
    return body as Uint8Array<ArrayBuffer>
  }

  /** Sends any request and accepts any answer, where no definition fits. */
  send(request: WireRequest): Promise<Reply> {
    const token = request.token ?? this.options.credentials?.token()
    return send(this.url, { ...request, token }, this.options)
  }

  private async untilAnswered(make: () => WireRequest): Promise<Answer<unknown>> {
    const until = performance.now() + (this.options.retryForMs ?? 0)
    for (let attempts = 1; ; attempts++) {
      const reply = await this.renewed(make).catch((error: unknown) => error as NoAnswerError)
      if (!(reply instanceof Error) && reply.status >= 200 && reply.status < 300) return { ...reply, attempts }
      if (!isPassing(reply) || performance.now() > until) throw refusal(make(), reply)
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }

  /** Renews an expired token once. */
  private async renewed(make: () => WireRequest): Promise<Reply> {
    const { credentials } = this.options
    const reply = await this.send(make())
    if (reply.status !== 401 || isProofNeeded(reply) || !credentials?.token() || !credentials.renew) return reply
    const token = await credentials.renew()
    return token ? this.send({ ...make(), token }) : reply
  }
}

const isProofNeeded = ({ body }: Reply): boolean => problemIn(body)?.code === 'identity.proof-needed'

/** A server is away, or still takes a request that died with it to be running. */
const isPassing = (reply: Reply | Error): boolean =>
  reply instanceof Error
    ? reply instanceof NoAnswerError
    : reply.status === 502 || reply.status === 503 || problemIn(reply.body)?.code === 'idempotency-in-progress'

function refusal({ method, path }: WireRequest, reply: Reply | Error): Error {
  if (reply instanceof Error) return reply
  return new ProblemError(`${method} ${path}`, reply.status, problemIn(reply.body), reply.body)
}
