import { type Envelope, followStarted } from '@mpics/contracts'
import { EventConsumer, On } from '@mpics/eventing'
import { QueueEmail } from '../emails/queue-email.js'

@EventConsumer()
export class MailPhotographerOnFollow {
  constructor(private readonly queueEmail: QueueEmail) {}

  @On(followStarted, { idempotence: 'natural' })
  async handle({ id, type, data }: Envelope<typeof followStarted>): Promise<void> {
    await this.queueEmail.execute({
      event: { id, type },
      accountId: data.followedId,
      kind: 'follow',
      parameters: { actorId: data.followerId },
    })
  }
}
