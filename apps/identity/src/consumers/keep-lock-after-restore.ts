import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { KeepLock } from '../locks/keep-lock.js'

const ofLost = { idempotence: 'once', ofLost: true } as const

/** Once: whoever decides otherwise after the restore is not overruled by a fact that comes again. */
@EventConsumer()
export class KeepLockAfterRestore {
  constructor(
    private readonly keeping: KeepLock,
    private readonly restores: Restores,
  ) {}

  @On(identity.accountLocked, ofLost)
  async locked({ time, data }: Envelope<typeof identity.accountLocked>): Promise<void> {
    if (this.restores.isLost(new Date(time))) await this.keeping.lock(data.accountId, data.reason, data.lockId)
  }

  @On(identity.accountUnlocked, ofLost)
  async unlocked({ time, data }: Envelope<typeof identity.accountUnlocked>): Promise<void> {
    if (this.restores.isLost(new Date(time))) await this.keeping.unlock(data.accountId, data.reason)
  }
}
