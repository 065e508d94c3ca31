/** One answer of the public API, already read. */
export interface Answer {
  status: number
  headers: Headers
  // The tour and the journeys read answers as any client without generated types would.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any
  /** More than one: what became of the first is not known. */
  attempts: number
}

export class UnexpectedAnswerError extends Error {
  constructor(
    readonly method: string,
    readonly path: string,
    readonly answer: Answer,
  ) {
    super(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`)
  }
}

interface CallOptions {
  token?: string
  body?: unknown
  form?: FormData
  headers?: Record<string, string>
  /** Statuses that are fine; any 2xx unless told. */
  expect?: number[]
  /** Keep trying through what passes for so long (ms): a service is being restarted. */
  patience?: number
}

const TIMEOUT_MS = 15_000

async function readBody(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) return response.json()
  if (type.startsWith('text/')) return response.text()
  return Buffer.from(await response.arrayBuffer())
}

interface Attempt {
  answer?: Answer
  error?: unknown
}

const answered = (answer: Answer): Attempt => ({ answer })
const failed = (error: unknown): Attempt => ({ error })

/** A server is away, or a request that died with one is still taken to be running. */
const isPassing = ({ status, body }: Answer): boolean =>
  status === 502 || status === 503 || (body as { code?: string } | undefined)?.code === 'idempotency-in-progress'

/** A client of the gateway. */
export class ApiClient {
  constructor(readonly url: string) {}

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const until = performance.now() + (options.patience ?? 0)
    const wanted = ({ status }: Answer) => options.expect?.includes(status) ?? (status >= 200 && status < 300)
    for (let attempts = 1; ; attempts++) {
      const { answer, error } = await this.once(method, path, options).then(answered, failed)
      if (answer && wanted(answer)) return { ...answer, attempts }
      if ((answer && !isPassing(answer)) || performance.now() > until)
        throw answer ? new UnexpectedAnswerError(method, path, answer) : (error as Error)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  get = (path: string, options?: CallOptions) => this.call('GET', path, options)
  post = (path: string, body?: unknown, options?: CallOptions) => this.call('POST', path, { body, ...options })
  put = (path: string, body?: unknown, options?: CallOptions) => this.call('PUT', path, { body, ...options })
  delete = (path: string, options?: CallOptions) => this.call('DELETE', path, options)

  private async once(method: string, path: string, { token, body, form, headers }: CallOptions): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
    })
    return { status: response.status, headers: response.headers, body: await readBody(response), attempts: 1 }
  }
}
