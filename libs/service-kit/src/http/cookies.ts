export interface CookieKind {
  readonly name: string
  readonly path: string
  /** False only on a developer's machine, which serves plain HTTP. */
  readonly secure: boolean
}

/**
 * The name as browsers get it. A prefix keeps plain HTTP and other hosts of the domain from setting the cookie (RFC 6265bis
 * §4.1.3).
 */
export function cookieName({ name, path, secure }: CookieKind): string {
  if (!secure) return name
  return path === '/' ? `__Host-${name}` : `__Secure-${name}`
}

/**
 * Makes host-only cookies that scripts cannot read and other sites cannot send (RFC 6265bis §4.1.2). The policy promises
 * alphanumeric values, which need no quotes. Without `maxAgeSeconds` the cookie ends with the browser; zero deletes it.
 */
export function setCookie(kind: CookieKind, value: string, maxAgeSeconds?: number): string {
  const life = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
  return `${cookieName(kind)}=${value}${life}; Path=${kind.path}; HttpOnly; SameSite=Strict${kind.secure ? '; Secure' : ''}`
}

/** Undefined for a value that this site cannot have set. */
export const cookieValue = (kind: CookieKind, header: string | undefined): string | undefined =>
  new RegExp(`(?:^|;\\s*)${cookieName(kind)}=([A-Za-z0-9]{1,256})\\s*(?=;|$)`).exec(header ?? '')?.[1]
