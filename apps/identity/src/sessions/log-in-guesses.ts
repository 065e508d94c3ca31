import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LoginAttempts, tooSoon } from '../attempts/login-attempts.js'
import { BrowserGuessesRepository } from './browser-guesses.repository.js'
import { KnownBrowsers } from './known-browsers.js'

export interface Guess {
  name: string
  /** Counts it for a known browser; without one the name does. */
  sessionId: string | undefined
}

/** Counts each guess at a password before it is compared, for a known browser apart from all others. */
@Injectable()
export class LogInGuesses {
  constructor(
    private readonly knownBrowsers: KnownBrowsers,
    private readonly browsers: BrowserGuessesRepository,
    private readonly attempts: LoginAttempts,
    private readonly clock: Clock,
  ) {}

  async begin(name: string, accountId: string | undefined, browserToken: string | undefined): Promise<Guess> {
    const sessionId = await this.inBrowser(accountId, browserToken)
    if (sessionId === undefined) await this.attempts.begin(name)
    return { name, sessionId }
  }

  /** Takes a guess back whose password was never compared. */
  async withdraw({ name, sessionId }: Guess): Promise<void> {
    await (sessionId === undefined ? this.attempts.withdraw(name) : this.browsers.withdraw(sessionId))
  }

  async succeeded({ name, sessionId }: Guess): Promise<void> {
    await (sessionId === undefined ? this.attempts.succeeded(name) : this.browsers.forgetSoon(sessionId))
  }

  /** Looks as often where there is no account. */
  private async inBrowser(accountId = 'nobody', token: string | undefined): Promise<string | undefined> {
    const now = this.clock.now()
    for (const hash of this.knownBrowsers.hashesOf(accountId, token)) {
      const counted = await this.browsers.admit(accountId, hash, now)
      if (counted?.notBefore) throw tooSoon(counted.notBefore, now)
      if (counted) return counted.sessionId
    }
    return undefined
  }
}
