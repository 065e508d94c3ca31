import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { KeepLock } from '../locks/keep-lock.js'
import { again } from './again.js'

/** Whoever decides otherwise after the restore is not overruled by what was decided before. */
@EventConsumer()
export class KeepLockAfterRestore {
  constructor(private readonly keeping: KeepLock) {}

  @On(identity.accountLocked, again)
  async locked({ time, data }: Envelope<typeof identity.accountLocked>): Promise<void> {
    await this.keeping.lock(data, new Date(time))
  }

  @On(identity.accountUnlocked, again)
  async unlocked({ time, data }: Envelope<typeof identity.accountUnlocked>): Promise<void> {
    await this.keeping.unlock(data, new Date(time))
  }
}
