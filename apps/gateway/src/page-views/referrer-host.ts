/** A name in the DNS of two labels or more (RFC 1035 §2.3.1), which ends in letters or in an internationalised label. */
const DNS_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

/**
 * Keeps the host of a referrer only, since its path may hold anything. Null for pages of the site, for other schemes, and for
 * what is no name in the DNS: an address may be somebody’s own.
 */
export function referrerHostOf(referrer: string | undefined, ownHost: string): string | null {
  if (!referrer || !URL.canParse(referrer)) return null
  const { protocol, host, hostname } = new URL(referrer)
  if (!/^https?:$/.test(protocol) || host === ownHost) return null
  return DNS_NAME.test(hostname) ? hostname : null
}
