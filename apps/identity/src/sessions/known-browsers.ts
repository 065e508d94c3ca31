import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import { SessionRepository } from './session.repository.js'

/** A random value (48 hexadecimal digits) and a tag (32) that only this service can compute; earlier releases made no tag. */
const FORM = /^([0-9a-f]{48})([0-9a-f]{32})?$/

/**
 * Recognises a browser by a random token from an earlier log-in. The stored hash covers the token and the account, so
 * that the database does not show that two accounts share a browser.
 */
@Injectable()
export class KnownBrowsers {
  private readonly key: Buffer

  constructor(
    secrets: Secrets,
    private readonly sessions: SessionRepository,
  ) {
    this.key = secrets.keyFor('known-browsers')
  }

  /** A browser keeps its token, unless somebody else made it. */
  renewed(token: string | undefined): string {
    return token !== undefined && this.isOurs(token) ? token : this.newToken()
  }

  hash(accountId: string, token: string): string {
    return this.mac(`${accountId}:${token}`).toString('base64url')
  }

  /** Whether a look into the database is worth it. */
  mayKnow(token: string | undefined): token is string {
    return token !== undefined && (this.isOurs(token) || isOfEarlierRelease(token))
  }

  /** Resolves to the hash if the account's owner logged in from this browser before. */
  async recognise(accountId: string | undefined, token: string | undefined): Promise<string | undefined> {
    if (!this.mayKnow(token)) return undefined
    const hash = this.hash(accountId ?? 'nobody', token)
    return (await this.sessions.isKnownBrowser(accountId ?? 'nobody', hash)) ? hash : undefined
  }

  private newToken(): string {
    const value = randomBytes(24).toString('hex')
    return value + this.tag(value)
  }

  private isOurs(token: string): boolean {
    const [, value, tag] = FORM.exec(token) ?? []
    return !!value && !!tag && timingSafeEqual(Buffer.from(tag), Buffer.from(this.tag(value)))
  }

  private tag(value: string): string {
    return this.mac(`tag:${value}`).toString('hex').slice(0, 32)
  }

  private mac(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest()
  }
}

/** Its stored hash shows that it was given out; no log-in stores it again. */
const isOfEarlierRelease = (token: string): boolean => token.length === 48 && FORM.test(token)
