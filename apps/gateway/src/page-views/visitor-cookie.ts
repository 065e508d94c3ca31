import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type CookieKind, cookieName, cookieValue, setCookie } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { GatewayConfig } from '../config.js'
import { NewVisitors } from './new-visitors.js'

export const visitorCookie = {
  name: 'mpvid',
  path: '/v1/page-views',
  maxAgeSeconds: 180 * 24 * 3600,
} as const

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** 24 of 62 letters are 142 bits. */
const RANDOM_LENGTH = 24
/** 95 bits, so that nobody makes up ids of browsers. */
const MAC_LENGTH = 16
/** The largest multiple of 62 in a byte; higher bytes would make some letters more frequent. */
const FAIR = 248

const lettersOf = (bytes: Uint8Array): string =>
  [...bytes]
    .filter((byte) => byte < FAIR)
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('')

export function randomLetters(random: (bytes: number) => Uint8Array = randomBytes): string {
  let letters = ''
  while (letters.length < RANDOM_LENGTH) letters += lettersOf(random(RANDOM_LENGTH))
  return letters.slice(0, RANDOM_LENGTH)
}

/** Identity sets it until the browser is closed, where somebody logs in on a shared computer. */
const SHARED_COMPUTER = { name: 'mpshared', path: visitorCookie.path }

/** Says that counting is refused, in the same word for everybody. */
export const choiceCookie = { name: 'mpchoice', path: '/', maxAgeSeconds: 390 * 24 * 3600 } as const
const REFUSED = 'nocounting'

export interface Visitor {
  cookies: string | undefined
  ipPrefix: string | null
}

/**
 * Counts visitors beside views (policy: "Cookies are alphanumeric identifiers"). The value is random and derives from no
 * account, address or time (B29); letters at its end prove that this site made it. Browsers send it to the page-view call only,
 * for a fixed time that visits do not prolong. A log-in or log-off does not renew it: a change at that moment would tell whose
 * browser it is (B31).
 *
 * A view counts for a visitor only when the browser sends the cookie. The first view sets it and counts in the total alone, so
 * that a browser that refuses cookies never becomes a visitor (B33) and three browsers that look five times each are three
 * visitors (B30). The site’s own pages fetch the cookie before the first view, and so count visitors who look once.
 */
@Injectable()
export class VisitorCookies {
  private readonly kind: CookieKind
  private readonly value: RegExp
  private readonly choice: CookieKind
  private readonly keys: readonly string[]

  constructor(
    { secure, GATEWAY_VISITOR_KEY }: GatewayConfig,
    private readonly newVisitors: NewVisitors,
  ) {
    this.kind = { name: visitorCookie.name, path: visitorCookie.path, secure }
    this.choice = { name: choiceCookie.name, path: choiceCookie.path, secure }
    this.keys = GATEWAY_VISITOR_KEY
    this.value = new RegExp(`(?:^|;\\s*)${cookieName(this.kind)}=([A-Za-z0-9]{${RANDOM_LENGTH + MAC_LENGTH}})(?=;|$)`)
  }

  /** Null as well for a browser that refuses to be counted, whatever it sends. */
  browserIdOf(cookies: string | undefined): string | null {
    if (this.isRefused(cookies)) return null
    const value = this.value.exec(cookies ?? '')?.[1]
    return value !== undefined && this.keys.some((key) => isMadeWith(key, value)) ? value : null
  }

  newBrowserId(): string {
    const letters = this.letters()
    return letters + macOf(this.keys[0]!, letters)
  }

  /** All that tells one value from another (B29). */
  letters(): string {
    return randomLetters()
  }

  /**
   * The `Set-Cookie` for a browser that has no cookie of ours; undefined when it has, or when its network got too many. On a
   * shared computer a cookie keeps its value and ends with the browser from then on.
   */
  setCookieFor({ cookies, ipPrefix }: Visitor): string | undefined {
    if (this.isRefused(cookies)) return undefined
    const known = this.browserIdOf(cookies)
    const isShared = this.endsWithBrowser(cookies)
    if (known !== null) return isShared ? this.give(known, isShared) : undefined
    return this.newVisitors.admit(ipPrefix) ? this.give(this.newBrowserId(), isShared) : undefined
  }

  /** True on a shared computer, where nothing is to be kept. */
  endsWithBrowser(cookies: string | undefined): boolean {
    return cookieValue({ ...this.kind, ...SHARED_COMPUTER }, cookies) === '1'
  }

  isRefused(cookies: string | undefined): boolean {
    return cookies !== undefined && cookieValue(this.choice, cookies) === REFUSED
  }

  /** The `Set-Cookie`s that remember a choice; a refusal ends the cookie for counting. */
  choose(counting: boolean): string[] {
    if (counting) return [setCookie(this.choice, '', 0)]
    return [setCookie(this.choice, REFUSED, choiceCookie.maxAgeSeconds), setCookie(this.kind, '', 0)]
  }

  private give(browserId: string, isShared: boolean): string {
    return setCookie(this.kind, browserId, isShared ? undefined : visitorCookie.maxAgeSeconds)
  }
}

const macOf = (key: string, letters: string): string =>
  lettersOf(createHmac('sha512', key).update(letters).digest()).slice(0, MAC_LENGTH)

const isMadeWith = (key: string, value: string): boolean =>
  timingSafeEqual(Buffer.from(macOf(key, value.slice(0, RANDOM_LENGTH))), Buffer.from(value.slice(RANDOM_LENGTH)))
