import type { IncomingHttpHeaders } from 'node:http'
import type { UserAgentFacts } from './user-agent.js'

export type LoadKind = 'navigation' | 'prefetch' | 'prerender' | 'preview'

/**
 * Browsers mark loads that nobody looks at with `Sec-Purpose` (Fetch §2.2.5, also `prefetch;prerender`), its forerunners
 * `Purpose` and `X-Purpose`, or Firefox’s `X-Moz`. They count nowhere (B18).
 */
export function loadKindOf(headers: IncomingHttpHeaders): LoadKind {
  const purpose = [headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']]
    .join(' ')
    .toLowerCase()
  if (purpose.includes('preview')) return 'preview'
  if (purpose.includes('prerender')) return 'prerender'
  return purpose.includes('prefetch') ? 'prefetch' : 'navigation'
}

/** Makers of link previews say so by their name alone. */
export const loadKindBy = ({ preview }: UserAgentFacts, headers: IncomingHttpHeaders): LoadKind =>
  preview ? 'preview' : loadKindOf(headers)
