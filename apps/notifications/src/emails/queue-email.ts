import type { Decision } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { WakeSignal } from './wake-signal.js'
import { currentTraceparent } from './email-trace.js'
import { DueEmailRepository } from './due-email.repository.js'
import type { CausedEmail } from './caused-emails.js'
import { type Email, queue } from './email.js'
import { idOfCaused } from './email-id.js'
import { EmailRepository } from './email.repository.js'

export function queueCaused(caused: CausedEmail, now: Date): Decision<Email> {
  const { event, ...email } = caused
  return queue({ id: idOfCaused(caused), cause: event.type, traceparent: currentTraceparent(), ...email }, now)
}

/** Makes the mail that an event causes; an event that comes again makes the same mail, which is there already. */
@Injectable()
export class QueueEmail {
  constructor(
    private readonly emails: EmailRepository,
    private readonly due: DueEmailRepository,
    private readonly wakeSignal: WakeSignal,
    private readonly clock: Clock,
  ) {}

  async execute(caused: CausedEmail): Promise<void> {
    const queued = queueCaused(caused, this.clock.now())
    await (this.wakeSignal.handOver(() => this.due.insertHeld(queued)) ?? this.leave(queued))
  }

  /** For whoever has room first. */
  private async leave(queued: Decision<Email>): Promise<void> {
    if (await this.emails.insert(queued)) this.wakeSignal.notify()
  }
}
