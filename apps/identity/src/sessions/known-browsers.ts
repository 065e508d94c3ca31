import { createHmac, randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import { SessionRepository } from './session.repository.js'

/**
 * Recognises a browser by a random cookie from an earlier log-in. The stored hash covers the cookie and the account, so
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

  newCookie(): string {
    return randomBytes(24).toString('hex')
  }

  hash(accountId: string, cookie: string): string {
    return createHmac('sha256', this.key).update(`${accountId}:${cookie}`).digest('base64url')
  }

  /** Resolves to the hash if the account's owner logged in from this browser before. */
  async recognise(accountId: string | undefined, cookie: string | undefined): Promise<string | undefined> {
    if (cookie === undefined) return undefined
    const hash = this.hash(accountId ?? 'nobody', cookie)
    return (await this.sessions.isKnownBrowser(accountId ?? 'nobody', hash)) ? hash : undefined
  }
}
