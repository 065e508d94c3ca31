import ipaddr from 'ipaddr.js'

/** An address as a fact may hold it: IPv4 /24, IPv6 /48. The full one stays in the access log. Null: not an address. */
export function ipPrefix(address: string): string | null {
  if (!ipaddr.isValid(address)) return null
  const ip = ipaddr.process(address)
  if (ip.kind() === 'ipv4') return `${ipaddr.IPv4.networkAddressFromCIDR(`${ip.toString()}/24`).toString()}/24`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${ip.toNormalizedString().split('%')[0]}/48`).toString()}/48`
}
