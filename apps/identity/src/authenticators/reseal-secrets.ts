import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { resealTotp } from './totp.js'
import { TotpCodes } from './totp-codes.js'

const EVERY_MS = 60 * 60_000

/**
 * Seals the secrets of apps by the first key while former ones are still accepted, so that nobody who uses no code meanwhile is
 * locked out. It looks again and again, since replicas of before the roll-out seal by a former one.
 */
@Injectable()
export class ResealSecrets implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ResealSecrets')
  private timer?: NodeJS.Timeout
  private stopped = false
  private round: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: TotpCodes,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.codes.areRotating) return
    const look = () => {
      const wait = (err: unknown) => this.logger.warn({ err }, 'secrets of apps wait to be sealed anew')
      this.round = this.execute().catch(wait)
    }
    this.timer = setInterval(look, EVERY_MS).unref()
    look()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.round
  }

  /** Resolves to how many it sealed. */
  async execute(): Promise<number> {
    let count = 0
    for await (const { id, secret } of this.accounts.sealedSecrets()) {
      if (this.stopped) break
      if (this.codes.sealedAnew(secret, id) === null) continue
      await this.accounts.change(id, (account) => resealTotp(account, (sealed) => this.codes.sealedAnew(sealed, id)))
      count++
    }
    return count
  }
}
