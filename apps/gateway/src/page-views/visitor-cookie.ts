import { randomBytes } from 'node:crypto'

/**
 * The cookie by which people, not clicks, are counted (policy: "Cookies are alphanumeric identifiers"). Its value is
 * random and stands for nothing: not derived from account, address or time (B29). It is sent to the page-view call and
 * nowhere else, and lives for a fixed time that visits do not prolong. A log-in or log-off does not renew it: a change at that
 * moment would tell whose browser it is (B31).
 *
 * A view is counted for a browser only when the browser sent the cookie. A first view therefore counts in the total
 * alone, and its answer sets the cookie: whoever refuses cookies stays a view and never becomes a person (B33), while
 * three browsers that each look five times are three people (B30). The site’s own pages let a browser fetch its cookie
 * before the first view, so that people who look once are counted too.
 */
export const visitorCookie = {
  name: 'mpvid',
  path: '/v1/page-views',
  maxAgeSeconds: 180 * 24 * 3600,
} as const

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** 24 of 62 letters: 142 bits. */
const LENGTH = 24
/** The largest multiple of 62 in a byte; higher bytes are thrown away, or some letters would come up more often. */
const FAIR = 248

export function newBrowserId(random: (bytes: number) => Uint8Array = randomBytes): string {
  let value = ''
  while (value.length < LENGTH)
    for (const byte of random(LENGTH)) if (byte < FAIR && value.length < LENGTH) value += ALPHABET[byte % 62]
  return value
}

const VALUE = /(?:^|;\s*)mpvid=([A-Za-z0-9]{22,64})(?=;|$)/

/** Null for a missing cookie and for one that we never gave. */
export const browserIdOf = (cookieHeader: string | undefined): string | null =>
  VALUE.exec(cookieHeader ?? '')?.[1] ?? null

/** Host-only: no Domain attribute (RFC 6265 §4.1.2.3). */
export function visitorSetCookie(browserId: string, secure: boolean): string {
  const { name, path, maxAgeSeconds } = visitorCookie
  return `${name}=${browserId}; Max-Age=${maxAgeSeconds}; Path=${path}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
