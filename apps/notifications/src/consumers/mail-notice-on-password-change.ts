import { type Envelope, passwordChanged } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { QueueEmail } from '../emails/queue-email.js'

@EventConsumer()
export class MailNoticeOnPasswordChange {
  constructor(private readonly queueEmail: QueueEmail) {}

  @On(passwordChanged, { idempotence: 'natural' })
  async handle({ id, type, data }: Envelope<typeof passwordChanged>): Promise<void> {
    await this.queueEmail.execute({
      event: { id, type },
      accountId: data.accountId,
      kind: 'password-changed',
      parameters: { at: data.changedAt },
    })
  }
}
