import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { KeepLock } from '../locks/keep-lock.js'

const ofLost = { idempotence: 'once', ofLost: true } as const

/** Whoever decides otherwise after the restore is not overruled by what was decided before. */
@EventConsumer()
export class KeepLockAfterRestore {
  constructor(
    private readonly keeping: KeepLock,
    private readonly restores: Restores,
  ) {}

  @On(identity.accountLocked, ofLost)
  async locked({ time, data }: Envelope<typeof identity.accountLocked>): Promise<void> {
    const decidedAt = new Date(time)
    if (this.restores.isLost(decidedAt)) await this.keeping.lock(data, decidedAt)
  }

  @On(identity.accountUnlocked, ofLost)
  async unlocked({ time, data }: Envelope<typeof identity.accountUnlocked>): Promise<void> {
    const decidedAt = new Date(time)
    if (this.restores.isLost(decidedAt)) await this.keeping.unlock(data, decidedAt)
  }
}
