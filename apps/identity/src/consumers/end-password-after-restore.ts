import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { Restores } from '@mpics/mongo'
import { EndPassword } from '../password-resets/end-password.js'

/** Who changes a password may fear that others know it: a restore does not bring it back. */
@EventConsumer()
export class EndPasswordAfterRestore {
  constructor(
    private readonly ending: EndPassword,
    private readonly restores: Restores,
  ) {}

  @On(identity.passwordChanged, { idempotence: 'once', ofLost: true })
  async handle({ time, data }: Envelope<typeof identity.passwordChanged>): Promise<void> {
    const changedAt = new Date(time)
    if (this.restores.isLost(changedAt)) await this.ending.execute(data.accountId, changedAt)
  }
}
