import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { KeepClosure } from '../closures/keep-closure.js'
import { again } from './again.js'

/** Whoever decides otherwise after the restore is not overruled by what was decided before. */
@EventConsumer()
export class KeepClosureAfterRestore {
  constructor(private readonly keeping: KeepClosure) {}

  @On(identity.closureRequested, again)
  async closing({ time, data }: Envelope<typeof identity.closureRequested>): Promise<void> {
    await this.keeping.close(data.accountId, { requestedAt: new Date(time), erasesAt: new Date(data.erasesAt) })
  }

  @On(identity.closureCancelled, again)
  async restored({ time, data }: Envelope<typeof identity.closureCancelled>): Promise<void> {
    await this.keeping.restore(data.accountId, new Date(time))
  }
}
