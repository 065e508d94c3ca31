import { createHmac, randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import { SessionRepository } from './session.repository.js'

/**
 * Recognises a browser from which somebody logged in before, by a random cookie. It is stored as a hash of cookie and
 * account, so that nothing shows that two accounts share a browser.
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

  newCookie(): string {
    return randomBytes(24).toString('hex')
  }

  hash(accountId: string, cookie: string): string {
    return createHmac('sha256', this.key).update(`${accountId}:${cookie}`).digest('base64url')
  }

  /** The hash, where this account's owner logged in from this browser. */
  async recognise(accountId: string | undefined, cookie: string | undefined): Promise<string | undefined> {
    if (cookie === undefined) return undefined
    const hash = this.hash(accountId ?? 'nobody', cookie)
    return (await this.sessions.isKnownBrowser(accountId ?? 'nobody', hash)) ? hash : undefined
  }
}
