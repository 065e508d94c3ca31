/** Host of the page that led here; its path may hold anything. Null within the site, and for what is not a web address. */
export function referrerHostOf(referrer: string | undefined, ownHost: string): string | null {
  if (!referrer || !URL.canParse(referrer)) return null
  const { protocol, host, hostname } = new URL(referrer)
  if (!/^https?:$/.test(protocol) || host === ownHost || hostname.length > 253) return null
  return hostname || null
}
