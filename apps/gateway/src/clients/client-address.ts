import ipaddr from 'ipaddr.js'

export type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Some proxies write the port too: `203.0.113.7:51234`, `[2001:db8::7]:443`. */
const WITH_PORT = /^(?:\[([^\]]+)\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?$/

const parse = (text: string) => {
  const address = text.trim().replace(WITH_PORT, '$1$2')
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined
}

export function isTrusted(address: string, trusted: readonly Network[]): boolean {
  const ip = parse(address)
  return !!ip && trusted.some(([network, bits]) => network.kind() === ip.kind() && ip.match(network, bits))
}

/**
 * Finds the address of the client. It reads `X-Forwarded-For` from its end, as far as trusted proxies wrote it; the client
 * wrote the rest (ASVS 15.3.4).
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | string[] | undefined,
  trusted: readonly Network[],
): string {
  const hops = [forwardedFor ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
  let client = peer
  while (hops.length > 0 && isTrusted(client, trusted)) {
    const before = parse(hops.pop()!)
    if (!before) break
    client = before.toString()
  }
  return parse(client)?.toString() ?? client
}

/** Takes an IPv6 customer’s /64 as one address, since each customer has 2^64 to choose from. */
export function limitedAddress(address: string): string {
  if (!address.includes(':')) return address
  const ip = parse(address)
  if (ip?.kind() !== 'ipv6') return address
  return ipaddr.IPv6.networkAddressFromCIDR(`${ip.toNormalizedString().split('%')[0]}/64`).toString()
}
