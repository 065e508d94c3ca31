import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { DeliveryBell } from './delivery-bell.js'
import { currentTraceparent } from './mail-trace.js'
import { type Email, queue } from './email.js'
import { emailIdOf } from './email-id.js'
import { EmailRepository } from './email.repository.js'

export interface CausedEmail extends Pick<Email, 'accountId' | 'kind' | 'parameters'> {
  event: { id: string; type: string }
}

/** Makes the mail that an event causes; an event that comes again makes the same mail, which is there already. */
@Injectable()
export class QueueEmail {
  constructor(
    private readonly emails: EmailRepository,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
  ) {}

  async execute({ event, ...email }: CausedEmail): Promise<void> {
    const id = emailIdOf(event.id, email.accountId)
    const traceparent = currentTraceparent()
    const made = await this.emails.insert(queue({ id, cause: event.type, traceparent, ...email }, this.clock.now()))
    if (made) this.bell.ring()
  }
}
