import type { IncomingHttpHeaders } from 'node:http'

/**
 * The only headers of a client that reach a service. `Authorization`, `X-Forwarded-*`, `X-Client-*`, `X-Request-Id`,
 * `Forwarded`, `traceparent` and anything else that a client makes up stay outside.
 */
const FORWARDED = [
  'accept',
  'accept-language',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'idempotency-key',
  'last-event-id',
  'range',
  'sec-gpc',
  'user-agent',
] as const

export interface EdgeHeaders {
  authorization: string
  'x-request-id': string
  'x-time-budget-ms'?: string
  'x-client-country'?: string
  'x-client-network'?: string
  cookie?: string
}

export function upstreamHeaders(from: IncomingHttpHeaders, own: EdgeHeaders): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of FORWARDED) if (typeof from[name] === 'string') headers[name] = from[name]
  for (const [name, value] of Object.entries(own)) if (value !== undefined) headers[name] = value as string
  return headers
}

/** Hop-by-hop headers (RFC 9110 §7.6.1), and those that the gateway sets on every answer itself. */
const WITHHELD = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'date',
  'server',
  'set-cookie',
  'x-powered-by',
  'x-request-id',
  'content-security-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
])
const isPassed = (name: string) => !WITHHELD.has(name) && !/^(ratelimit|access-control)-/.test(name)

export const clientHeaders = <T>(from: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => isPassed(name)))
