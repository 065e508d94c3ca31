import { type Envelope, photoRejected } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { QueueEmail } from '../emails/queue-email.js'

@EventConsumer()
export class MailOwnerOnRejection {
  constructor(private readonly queueEmail: QueueEmail) {}

  @On(photoRejected, { idempotence: 'natural' })
  async handle({ id, type, data }: Envelope<typeof photoRejected>): Promise<void> {
    await this.queueEmail.execute({
      event: { id, type },
      accountId: data.ownerId,
      kind: 'photo-rejected',
      parameters: { photoId: data.photoId, detail: data.reason },
    })
  }
}
