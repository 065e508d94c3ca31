/** minio takes a name or an IPv4 address, and no IPv6 address as URLs write it. */
const HOST = /^[a-z\d](?:[\w.-]{0,253}[a-z\d.])?$/i

/** The address of an object store, as options of zod’s `url`: minio is loaded too late to refuse one at the start. */
export const ENDPOINT = {
  protocol: /^https?$/,
  hostname: HOST,
  error: 'expected an address such as https://s3.example.org, with a host name or an IPv4 address',
}

/** Throws for an address with which no client can be made. */
export function assertEndpoint(endpoint: string): void {
  const url = URL.parse(endpoint)
  if (!url || !HOST.test(url.hostname)) throw new TypeError(`the object store has no usable address: ${ENDPOINT.error}`)
}
