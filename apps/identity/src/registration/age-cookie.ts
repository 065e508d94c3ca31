import { type CookieKind, cookieValue, type OverlappingMac, setCookie } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { IdentityConfig } from '../config.js'
import { Secrets } from '../keys/secrets.js'

const LIFE_SECONDS = 24 * 60 * 60
/** The expiry in seconds as 12 hexadecimal digits, then its HMAC-SHA-256. */
const VALUE = /^([0-9a-f]{12})([0-9a-f]{64})$/

/**
 * Keeps a child from trying another date: the FTC's COPPA FAQ (D.7) asks sites to "prevent children from back-buttoning
 * to change their age". Only the browser keeps the cookie, and the cookie contains nothing but its expiry.
 */
@Injectable()
export class AgeCookie {
  private readonly mac: OverlappingMac
  private readonly kind: CookieKind

  constructor(secrets: Secrets, config: IdentityConfig) {
    this.mac = secrets.macFor('age-cookie')
    this.kind = { name: 'mpage', path: '/v1/accounts', secure: config.PUBLIC_URL.startsWith('https:') }
  }

  make(now: Date): string {
    const expiry = Math.floor(now.getTime() / 1000) + LIFE_SECONDS
    const digits = expiry.toString(16).padStart(12, '0')
    return setCookie(this.kind, digits + this.mac.make(digits).toString('hex'), LIFE_SECONDS)
  }

  refuses(cookieHeader: string | undefined, now: Date): boolean {
    const [, digits, mac] = VALUE.exec(cookieValue(this.kind, cookieHeader) ?? '') ?? []
    if (!digits || !mac || parseInt(digits, 16) * 1000 <= now.getTime()) return false
    return this.mac.isOurs(digits, Buffer.from(mac, 'hex'))
  }
}
