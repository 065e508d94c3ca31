import { type Envelope, verificationRequested } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { QueueEmail } from '../emails/queue-email.js'

@EventConsumer()
export class MailVerificationOnRequest {
  constructor(private readonly queueEmail: QueueEmail) {}

  @On(verificationRequested, { idempotence: 'natural' })
  async handle({ id, type, data }: Envelope<typeof verificationRequested>): Promise<void> {
    await this.queueEmail.execute({
      event: { id, type },
      accountId: data.accountId,
      kind: 'verify-email',
      parameters: { requestId: data.verificationId },
    })
  }
}
