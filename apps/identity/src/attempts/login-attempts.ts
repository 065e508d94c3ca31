import { createHmac } from 'node:crypto'
import { Clock, RateLimitedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { Secrets } from '../keys/secrets.js'
import { AttemptRepository } from './attempt.repository.js'
import { LOGIN_WAITS } from './backoff-schedule.js'

/**
 * Counts log-ins in a row without success, for each name that is typed, whether or not somebody has it: a limit tells nothing
 * about accounts, nor that a handle and an address belong together. A browser from which the account's owner logged in before
 * has attempts of its own, so that a stranger's guesses do not lock the owner out (OWASP, "Slow Down Online Guessing Attacks
 * with Device Cookies").
 */
@Injectable()
export class LoginAttempts {
  private readonly key: Buffer

  constructor(
    secrets: Secrets,
    private readonly attempts: AttemptRepository,
    private readonly clock: Clock,
  ) {
    this.key = secrets.keyFor('attempts')
  }

  /** Throws RateLimitedError when it must wait. */
  async begin(loginKey: string, knownBrowserHash?: string): Promise<void> {
    const now = this.clock.now()
    const notBefore = await this.attempts.admit(this.idOf(loginKey, knownBrowserHash), LOGIN_WAITS, now)
    if (notBefore) throw new RateLimitedError(Math.max(1, Math.ceil((notBefore.getTime() - now.getTime()) / 1000)))
  }

  async succeeded(loginKey: string, knownBrowserHash?: string): Promise<void> {
    await this.attempts.forget([this.idOf(loginKey, knownBrowserHash)])
  }

  /** For somebody who proved in another way who they are. */
  async forgive(loginKeys: readonly string[]): Promise<void> {
    await this.attempts.forget(loginKeys.map((loginKey) => this.idOf(loginKey)))
  }

  private idOf(loginKey: string, knownBrowserHash = ''): string {
    return createHmac('sha256', this.key).update(`log-in:${loginKey}:${knownBrowserHash}`).digest('base64url')
  }
}
