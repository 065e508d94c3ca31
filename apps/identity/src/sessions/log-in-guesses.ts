import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { LoginAttempts, tooSoon } from '../attempts/login-attempts.js'
import { BrowserGuessesRepository, type CountingSession } from './browser-guesses.repository.js'
import { KnownBrowsers } from './known-browsers.js'

export interface Guess {
  name: string
  /** Counts it for a known browser; without one the name does. */
  session: CountingSession | undefined
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
    const session = await this.inBrowser(accountId, browserToken)
    if (!session) await this.attempts.begin(name)
    return { name, session }
  }

  /** Takes a guess back whose password was never compared. */
  async withdraw({ name, session }: Guess): Promise<void> {
    await (session ? this.browsers.withdraw(session.id) : this.attempts.withdraw(name))
  }

  /** Comes before the answer that a guess was wrong. */
  async failed({ session }: Guess): Promise<void> {
    if (session) await this.browsers.keep(session)
  }

  async succeeded({ name, session }: Guess): Promise<void> {
    await (session ? this.browsers.forgetSoon(session.id) : this.attempts.succeeded(name))
  }

  /** Looks as often where there is no account. */
  private async inBrowser(accountId = 'nobody', token: string | undefined): Promise<CountingSession | undefined> {
    const now = this.clock.now()
    for (const hash of this.knownBrowsers.hashesOf(accountId, token)) {
      const counted = await this.browsers.admit(accountId, hash, now)
      if (counted?.notBefore) throw tooSoon(counted.notBefore, now)
      if (counted) return counted.session
    }
    return undefined
  }
}
