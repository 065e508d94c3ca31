import ipaddr from 'ipaddr.js'

/** Shortens an address for a fact: IPv4 to /24, IPv6 to /48. Null for anything else. */
export function ipPrefix(address: string): string | null {
  if (!ipaddr.isValid(address)) return null
  const ip = ipaddr.process(address)
  if (ip.kind() === 'ipv4') return `${ipaddr.IPv4.networkAddressFromCIDR(`${ip.toString()}/24`).toString()}/24`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${ip.toNormalizedString().split('%')[0]}/48`).toString()}/48`
}
