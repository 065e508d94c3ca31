import { randomBytes } from 'node:crypto'

/**
 * Counts visitors beside views (policy: "Cookies are alphanumeric identifiers"). The value is random and derives from no
 * account, address or time (B29). Browsers send it to the page-view call only, for a fixed time that visits do not prolong. A
 * log-in or log-off does not renew it: a change at that moment would tell whose browser it is (B31).
 *
 * A view counts for a visitor only when the browser sends the cookie. The first view sets it and counts in the total alone, so
 * that a browser that refuses cookies never becomes a visitor (B33) and three browsers that look five times each are three
 * visitors (B30). The site’s own pages fetch the cookie before the first view, and so count visitors who look once.
 */
export const visitorCookie = {
  name: 'mpvid',
  path: '/v1/page-views',
  maxAgeSeconds: 180 * 24 * 3600,
} as const

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** 24 of 62 letters are 142 bits. */
const LENGTH = 24
/** The largest multiple of 62 in a byte; higher bytes would make some letters more frequent. */
const FAIR = 248

export function newBrowserId(random: (bytes: number) => Uint8Array = randomBytes): string {
  let value = ''
  while (value.length < LENGTH)
    for (const byte of random(LENGTH)) if (byte < FAIR && value.length < LENGTH) value += ALPHABET[byte % 62]
  return value
}

const VALUE = /(?:^|;\s*)mpvid=([A-Za-z0-9]{22,64})(?=;|$)/

/** Null for a missing cookie and for one of another form than this site gives. */
export const browserIdOf = (cookieHeader: string | undefined): string | null =>
  VALUE.exec(cookieHeader ?? '')?.[1] ?? null

/** Host-only: no Domain attribute (RFC 6265 §4.1.2.3). */
export function visitorSetCookie(browserId: string, secure: boolean): string {
  const { name, path, maxAgeSeconds } = visitorCookie
  return `${name}=${browserId}; Max-Age=${maxAgeSeconds}; Path=${path}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
