import type { FastifyRequest } from 'fastify'
import { browserName } from './browser-name.js'

export interface Client {
  browser: string
  country: string | null
  /** An IPv4 address or an IPv6 /64, for limits in memory; nothing stores it. */
  network: string | undefined
  cookies: string | undefined
}

/** The gateway sets these headers and drops the client's own. */
const COUNTRY_HEADER = 'x-client-country'
const NETWORK_HEADER = 'x-client-network'

export function clientOf({ headers }: FastifyRequest): Client {
  const country = headers[COUNTRY_HEADER]
  return {
    browser: browserName(headers['user-agent']),
    country: typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null,
    network: networkOf(headers),
    cookies: headers.cookie,
  }
}

export function networkOf(headers: FastifyRequest['headers']): string | undefined {
  const network = headers[NETWORK_HEADER]
  return typeof network === 'string' && network.length <= 64 ? network : undefined
}
