import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { KeepClosure } from '../closures/keep-closure.js'

const ofLost = { idempotence: 'once', ofLost: true } as const

/** Whoever decides otherwise after the restore is not overruled by what was decided before. */
@EventConsumer()
export class KeepClosureAfterRestore {
  constructor(
    private readonly keeping: KeepClosure,
    private readonly restores: Restores,
  ) {}

  @On(identity.closureRequested, ofLost)
  async closing({ time, data }: Envelope<typeof identity.closureRequested>): Promise<void> {
    const requestedAt = new Date(time)
    if (!this.restores.isLost(requestedAt)) return
    await this.keeping.close(data.accountId, { requestedAt, erasesAt: new Date(data.erasesAt) })
  }

  @On(identity.closureCancelled, ofLost)
  async restored({ time, data }: Envelope<typeof identity.closureCancelled>): Promise<void> {
    const decidedAt = new Date(time)
    if (this.restores.isLost(decidedAt)) await this.keeping.restore(data.accountId, decidedAt)
  }
}
