import { type Envelope, sessionOpened } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { QueueEmail } from '../emails/queue-email.js'

/** The very first session is no new device: identity says so in the event. */
@EventConsumer()
export class MailNoticeOnNewDevice {
  constructor(private readonly queueEmail: QueueEmail) {}

  @On(sessionOpened, { idempotence: 'natural' })
  async handle({ id, type, time, data }: Envelope<typeof sessionOpened>): Promise<void> {
    if (!data.newDevice) return
    await this.queueEmail.execute({
      event: { id, type },
      accountId: data.accountId,
      kind: 'new-device',
      parameters: { at: time },
    })
  }
}
