import { type Envelope, passwordResetRequested } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { QueueEmail } from '../emails/queue-email.js'

@EventConsumer()
export class MailPasswordResetOnRequest {
  constructor(private readonly queueEmail: QueueEmail) {}

  @On(passwordResetRequested, { idempotence: 'natural' })
  async handle({ id, type, data }: Envelope<typeof passwordResetRequested>): Promise<void> {
    await this.queueEmail.execute({
      event: { id, type },
      accountId: data.accountId,
      kind: 'reset-password',
      parameters: { requestId: data.resetId },
    })
  }
}
