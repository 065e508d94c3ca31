import type { FastifyRequest } from 'fastify'
import { browserName } from './browser-name.js'

/** What a request tells of the browser or program that makes it. */
export interface Client {
  browser: string
  country: string | null
  cookies: string | undefined
}

/** Set by the gateway, which drops what a client sends under this name. */
const COUNTRY_HEADER = 'x-client-country'

export function clientOf({ headers }: FastifyRequest): Client {
  const country = headers[COUNTRY_HEADER]
  return {
    browser: browserName(headers['user-agent']),
    country: typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null,
    cookies: headers.cookie,
  }
}
