import { HOUR_MS } from '@mpics/contracts/durations'
import { Rounds } from '@mpics/service-kit'
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { AccountRepository } from '../accounts/account.repository.js'
import { resealTotp } from './totp.js'
import { TotpCodes } from './totp-codes.js'

const EVERY_MS = HOUR_MS
const FAILED = 'secrets of apps wait to be sealed anew'

/**
 * Seals the secrets of apps by the first key while former ones are still accepted, so that nobody who uses no code meanwhile is
 * locked out. It looks again and again, since replicas of before the roll-out seal by a former one.
 */
@Injectable()
export class ResealSecrets implements OnApplicationBootstrap {
  private readonly logger = new Logger('ResealSecrets')

  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: TotpCodes,
    private readonly rounds: Rounds,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.codes.areRotating) return
    this.rounds.begin({ everyMs: EVERY_MS, atOnce: true, failed: FAILED, work: (stopping) => this.execute(stopping) })
  }

  /** Resolves to how many it sealed; one that fails keeps no other from it. */
  async execute(stopping?: AbortSignal): Promise<number> {
    let count = 0
    for await (const { id, secret } of this.accounts.sealedSecrets()) {
      if (stopping?.aborted) break
      if (this.codes.sealedAnew(secret, id) === null) continue
      const reseal = (sealed: string) => this.codes.sealedAnew(sealed, id)
      await this.accounts
        .change(id, (account) => resealTotp(account, reseal))
        .then(
          () => count++,
          (err: unknown) => this.logger.warn({ err }, FAILED),
        )
    }
    return count
  }
}
