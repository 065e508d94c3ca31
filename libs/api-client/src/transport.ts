import { NoAnswerError } from './problem-error.js'

export interface WireRequest {
  method: string
  path: string
  token?: string
  headers?: Record<string, string>
  /** A text is JSON. */
  body?: string | FormData | URLSearchParams
}

export interface Reply<T = unknown> {
  status: number
  headers: Headers
  /** An object where it is JSON, a text, or bytes. */
  body: T
}

/** Keeps cookies where no browser does. */
export interface Cookies {
  header(): string | undefined
  take(headers: Headers): void
}

export interface TransportOptions {
  timeoutMs?: number
  cookies?: Cookies
  headers?: Record<string, string>
}

const TIMEOUT_MS = 15_000

/** Sends one request to the gateway; any status is an answer. */
export async function send(url: string, request: WireRequest, options: TransportOptions = {}): Promise<Reply> {
  const { timeoutMs = TIMEOUT_MS, cookies } = options
  const target = new URL(request.path, url)
  if (target.origin !== new URL(url).origin)
    throw new TypeError(
      `${target.origin} is another site than ${url}: it gets neither token nor cookies from this client.`,
    )
  try {
    const response = await fetch(target, {
      method: request.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: headersOf(request, options),
      body: request.body,
    })
    cookies?.take(response.headers)
    return { status: response.status, headers: response.headers, body: await read(response) }
  } catch (error) {
    throw new NoAnswerError(`${request.method} ${request.path}`, error)
  }
}

function headersOf({ token, body, headers }: WireRequest, options: TransportOptions): Record<string, string> {
  const cookie = options.cookies?.header()
  return {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    ...(cookie && { cookie }),
    ...options.headers,
    ...headers,
  }
}

async function read(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) return response.json()
  if (type === '' || type.startsWith('text/')) return response.text()
  return new Uint8Array(await response.arrayBuffer())
}
