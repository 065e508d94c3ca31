export interface CookieAttributes {
  path: string
  /** Absent: until the browser is closed. Zero: now. */
  maxAgeSeconds?: number
  /** False only where the site itself is served over plain HTTP, on a developer's machine. */
  secure: boolean
}

/**
 * Host-only, unreadable for scripts, and never sent along by another site (RFC 6265bis §4.1.2). Values are alphanumeric, as
 * the policy says, so that none needs quoting.
 */
export function setCookie(name: string, value: string, { path, maxAgeSeconds, secure }: CookieAttributes): string {
  const life = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
  return `${name}=${value}${life}; Path=${path}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}

/** Undefined too for a value that we cannot have given. */
export const cookieValue = (header: string | undefined, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9]{1,256})\\s*(?=;|$)`).exec(header ?? '')?.[1]
