import { type Envelope, identity } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { SettleEmailChange } from '../email-changes/settle-email-change.js'

const ends = [identity.emailChanged, identity.emailChangeDropped]

/** The request does it itself; this consumer does it if the process died before that. */
@EventConsumer()
export class SettleAccountOnEmailChange {
  constructor(private readonly settle: SettleEmailChange) {}

  @On(ends, { idempotence: 'natural' })
  async ended({ data }: Envelope<(typeof ends)[number]>): Promise<void> {
    await this.settle.execute(data.accountId)
  }
}
