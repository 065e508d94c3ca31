import { Clock, RateLimitedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { AttemptKeys } from './attempt-keys.js'
import { AttemptRepository } from './attempt.repository.js'
import { LOGIN_BACKOFF } from './backoff-schedule.js'

/**
 * Counts failed log-ins in a row for each typed name, whether or not an account has it, so that a limit tells nothing about
 * accounts. A browser from which the owner logged in before has its own count: a stranger's guesses do not lock the owner
 * out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
@Injectable()
export class LoginAttempts {
  constructor(
    private readonly keys: AttemptKeys,
    private readonly attempts: AttemptRepository,
    private readonly clock: Clock,
  ) {}

  async begin(loginKey: string, knownBrowserHash?: string): Promise<void> {
    const now = this.clock.now()
    const notBefore = await this.attempts.admit(this.keys.logIn(loginKey, knownBrowserHash), LOGIN_BACKOFF, now)
    if (notBefore) throw tooSoon(notBefore, now)
  }

  /** Takes an attempt back whose password was never compared. */
  async withdraw(loginKey: string, knownBrowserHash?: string): Promise<void> {
    await this.attempts.withdraw(this.keys.logIn(loginKey, knownBrowserHash))
  }

  async succeeded(loginKey: string, knownBrowserHash?: string): Promise<void> {
    await this.attempts.forgetSoon(this.keys.logIn(loginKey, knownBrowserHash))
  }

  /** Serves a person who proved their identity in another way. */
  async forgive(loginKeys: readonly string[]): Promise<void> {
    await this.attempts.forget(loginKeys.map((loginKey) => this.keys.logIn(loginKey)))
  }
}

export const tooSoon = (notBefore: Date, now: Date): RateLimitedError =>
  new RateLimitedError(Math.max(1, Math.ceil((notBefore.getTime() - now.getTime()) / 1000)))
