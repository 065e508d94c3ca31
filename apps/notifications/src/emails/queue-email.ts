import type { Decision } from '@mpics/contracts'
import type { Versioned } from '@mpics/eventing'
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

const WANTED = Promise.resolve(true)

/** Makes the mail that an event causes; an event that comes again makes the same mail, which is there already. */
@Injectable()
export class QueueEmail {
  constructor(
    private readonly emails: EmailRepository,
    private readonly due: DueEmailRepository,
    private readonly wakeSignal: WakeSignal,
    private readonly clock: Clock,
  ) {}

  /** `isWanted` may become known while the mail is written, which nobody is told of before. */
  async execute(caused: CausedEmail, isWanted = WANTED): Promise<void> {
    const queued = queueCaused(caused, this.clock.now())
    await (this.wakeSignal.handOver(() => this.make(queued, isWanted)) ?? this.leave(queued, isWanted))
  }

  private async make(queued: Decision<Email>, isWanted: Promise<boolean>): Promise<Versioned<Email> | undefined> {
    const made = await this.due.insertHeld(queued)
    if (!made) return undefined
    try {
      if (await isWanted) return made
    } catch (error) {
      await this.due.giveBack([made])
      throw error
    }
    await this.due.withdraw(made)
    return undefined
  }

  /** For whoever has room first. */
  private async leave(queued: Decision<Email>, isWanted: Promise<boolean>): Promise<void> {
    if ((await isWanted) && (await this.emails.insert(queued))) this.wakeSignal.notify()
  }
}
