import type { IncomingHttpHeaders } from 'node:http'
import { DomainError } from '@mpics/contracts'

export class CrossSiteError extends DomainError {
  readonly code = 'gateway.cross-site'
  readonly kind = 'forbidden'
  constructor() {
    super('Another site’s page may not make this request in a visitor’s name.')
  }
}

export interface Site {
  publicUrl: string
  /** Sites whose scripts may use the API, never with cookies. */
  corsOrigins: readonly string[]
}

/**
 * Detects a request that a browser makes for a page of another site (CSRF). Browsers say so in `Sec-Fetch-Site`, older ones
 * in `Origin`; programs send neither. Forms then need no token (OWASP CSRF cheat sheet, "Fetch Metadata").
 */
export function isCrossSite(headers: IncomingHttpHeaders, site: Site): boolean {
  const { origin, host, 'sec-fetch-site': fetchSite } = headers
  if (origin !== undefined && site.corsOrigins.includes(origin)) return headers.cookie !== undefined
  if (fetchSite !== undefined) return fetchSite !== 'same-origin' && fetchSite !== 'none'
  if (origin === undefined) return false
  return origin !== new URL(site.publicUrl).origin && (!URL.canParse(origin) || new URL(origin).host !== host)
}
