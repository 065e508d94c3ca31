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
  private round = Promise.resolve()

  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: TotpCodes,
  ) {}

  onApplicationBootstrap(): void {
    if (this.codes.areRotating) this.look()
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.round
  }

  private look(): void {
    this.round = this.execute().then(
      () => undefined,
      (err: unknown) => this.waits(err),
    )
    void this.round.then(() => {
      if (!this.stopped) this.timer = setTimeout(() => this.look(), EVERY_MS).unref()
    })
  }

  /** Resolves to how many it sealed; one that fails keeps no other from it. */
  async execute(): Promise<number> {
    let count = 0
    for await (const { id, secret } of this.accounts.sealedSecrets()) {
      if (this.stopped) break
      if (this.codes.sealedAnew(secret, id) === null) continue
      const reseal = (sealed: string) => this.codes.sealedAnew(sealed, id)
      await this.accounts
        .change(id, (account) => resealTotp(account, reseal))
        .then(
          () => count++,
          (err: unknown) => this.waits(err),
        )
    }
    return count
  }

  private waits(err: unknown): void {
    this.logger.warn({ err }, 'secrets of apps wait to be sealed anew')
  }
}
