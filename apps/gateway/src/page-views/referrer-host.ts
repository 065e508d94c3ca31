/** Keeps the host of a referrer only, since its path may hold anything. Null for pages of the site and for other schemes. */
export function referrerHostOf(referrer: string | undefined, ownHost: string): string | null {
  if (!referrer || !URL.canParse(referrer)) return null
  const { protocol, host, hostname } = new URL(referrer)
  if (!/^https?:$/.test(protocol) || host === ownHost || hostname.length > 253) return null
  return hostname || null
}
