import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import type { Account } from '../accounts/account.js'
import { AccountRepository } from '../accounts/account.repository.js'
import { factorKeyOf } from '../attempts/attempt-keys.js'
import { LoginAttempts } from '../attempts/login-attempts.js'
import { FactorFailedError } from './factor.errors.js'
import { refuseFactor } from './refused-factors.js'

/** Bounds how often anybody guesses at the factors of an account, as log-ins are. */
@Injectable()
export class FactorGuesses {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly accounts: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /** `work` follows the right password: the owner is told of several wrong guesses. */
  async afterPassword<T>(account: Account, browserHash: string | null, work: () => Promise<T>): Promise<T> {
    try {
      return await this.counted(account, browserHash, work)
    } catch (error) {
      if (error instanceof FactorFailedError)
        await this.accounts.change(account.id, (current) => refuseFactor(current, this.clock.now()))
      throw error
    }
  }

  /** `work` throws `FactorFailedError` where the guess is wrong; what fails otherwise was no guess. */
  async counted<T>({ handleKey }: Account, browserHash: string | null, work: () => Promise<T>): Promise<T> {
    const [name, browser] = [factorKeyOf(handleKey), browserHash ?? undefined]
    await this.attempts.begin(name, browser)
    try {
      const result = await work()
      await this.attempts.succeeded(name, browser)
      return result
    } catch (error) {
      if (!(error instanceof FactorFailedError)) await this.attempts.withdraw(name, browser)
      throw error
    }
  }
}
