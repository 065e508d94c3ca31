import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { SettleEmailChange } from '../email-changes/settle-email-change.js'

/** The request does it itself; this consumer does it if the process died before that. */
@EventConsumer()
export class SettleAccountOnEmailChange {
  constructor(private readonly settle: SettleEmailChange) {}

  @On(identity.emailChanged, { idempotence: 'natural' })
  async changed({ data }: Envelope<typeof identity.emailChanged>): Promise<void> {
    await this.settle.execute(data.accountId)
  }

  @On(identity.emailChangeDropped, { idempotence: 'natural' })
  async dropped({ data }: Envelope<typeof identity.emailChangeDropped>): Promise<void> {
    await this.settle.execute(data.accountId)
  }
}
