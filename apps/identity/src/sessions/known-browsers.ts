import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type Overlapping, type OverlappingMac, overlappingOf } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import { SessionRepository } from './session.repository.js'

/** A random value (48 hexadecimal digits) and a tag (32) that only this service can compute; earlier releases made no tag. */
const FORM = /^([0-9a-f]{48})([0-9a-f]{32})?$/
const TAG_BYTES = 16

/**
 * Recognises a browser by a random token from an earlier log-in. The stored hash covers the token and the account, so
 * that the database does not show that two accounts share a browser.
 */
@Injectable()
export class KnownBrowsers {
  private readonly mac: OverlappingMac

  constructor(
    secrets: Secrets,
    private readonly sessions: SessionRepository,
  ) {
    this.mac = secrets.macFor('known-browsers')
  }

  /** A browser keeps its token, unless somebody else made it. */
  renewed(token: string | undefined): string {
    return token !== undefined && this.isOurs(token) ? token : this.newToken()
  }

  hash(accountId: string, token: string): string {
    return this.hashes(accountId, token)[0]
  }

  /** True when a look into the database is worth it. */
  mayKnow(token: string | undefined): token is string {
    return token !== undefined && (this.isOurs(token) || isOfEarlierRelease(token))
  }

  /** Resolves to true if the account's owner logged in from this browser before. */
  async recognise(accountId: string, token: string | undefined): Promise<boolean> {
    for (const hash of this.hashesOf(accountId, token))
      if (await this.sessions.isKnownBrowser(accountId, hash)) return true
    return false
  }

  /** Those that a session of the browser may have: none for a token that was not given out. */
  hashesOf(accountId: string, token: string | undefined): readonly string[] {
    return this.mayKnow(token) ? this.hashes(accountId, token) : []
  }

  private hashes(accountId: string, token: string): Overlapping<string> {
    return overlappingOf(this.mac.all(`${accountId}:${token}`), (mac) => mac.toString('base64url'))
  }

  private newToken(): string {
    const value = randomBytes(24).toString('hex')
    return value + this.tags(value)[0].toString('hex')
  }

  private isOurs(token: string): boolean {
    const [, value, tag] = FORM.exec(token) ?? []
    if (!value || !tag) return false
    return this.tags(value).some((ours) => timingSafeEqual(ours, Buffer.from(tag, 'hex')))
  }

  private tags(value: string): Overlapping<Buffer> {
    return overlappingOf(this.mac.all(`tag:${value}`), (mac) => mac.subarray(0, TAG_BYTES))
  }
}

/** Its stored hash shows that it was given out; no log-in stores it again. */
const isOfEarlierRelease = (token: string): boolean => token.length === 48 && FORM.test(token)
