export interface CookieAttributes {
  path: string
  /** Without it the cookie ends with the browser; zero deletes the cookie. */
  maxAgeSeconds?: number
  /** Only a developer's machine, which serves plain HTTP, sets this to false. */
  secure: boolean
}

/**
 * Makes host-only cookies that scripts cannot read and other sites cannot send (RFC 6265bis §4.1.2). The policy promises
 * alphanumeric values, which need no quotes.
 */
export function setCookie(name: string, value: string, { path, maxAgeSeconds, secure }: CookieAttributes): string {
  const life = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
  return `${name}=${value}${life}; Path=${path}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}

/** Returns undefined for a value that this site cannot have set. */
export const cookieValue = (header: string | undefined, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9]{1,256})\\s*(?=;|$)`).exec(header ?? '')?.[1]
