import type { FastifyRequest } from 'fastify'
import { browserName } from './browser-name.js'

export interface Client {
  browser: string
  country: string | null
  cookies: string | undefined
}

/** The gateway sets this header and drops the client's own. */
const COUNTRY_HEADER = 'x-client-country'

export function clientOf({ headers }: FastifyRequest): Client {
  const country = headers[COUNTRY_HEADER]
  return {
    browser: browserName(headers['user-agent']),
    country: typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null,
    cookies: headers.cookie,
  }
}
