import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { EndPassword } from '../password-resets/end-password.js'
import { again } from './again.js'

/** Who changes a password may fear that others know it: a restore does not bring it back. */
@EventConsumer()
export class EndPasswordAfterRestore {
  constructor(private readonly ending: EndPassword) {}

  @On(identity.passwordChanged, again)
  async handle({ time, data }: Envelope<typeof identity.passwordChanged>): Promise<void> {
    await this.ending.execute(data.accountId, new Date(time))
  }
}
