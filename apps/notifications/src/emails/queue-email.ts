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

const certainly = () => Promise.resolve(true)

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

  /** `isWanted`: whether its event names nobody erased. The mail is written meanwhile, and does not go out. */
  async execute(caused: CausedEmail, isWanted = certainly): Promise<void> {
    const queued = queueCaused(caused, this.clock.now())
    await (this.wakeSignal.handOver(() => this.held(queued, isWanted)) ?? this.leave(queued, isWanted))
  }

  /** While nobody can say, it stays under its lease: another replica may have heard of its event, and rely on it. */
  private async held(queued: Decision<Email>, isWanted: () => Promise<boolean>): Promise<Versioned<Email> | undefined> {
    const began = performance.now()
    const wanted = isWanted()
    // whoever cannot write it does not ask
    wanted.catch(() => undefined)
    const made = await this.due.insertHeld(queued)
    if (!(await wanted)) return void (await (made ? this.due.withdraw(made) : this.takeBack(queued)))
    if (!made || this.due.isSureSince(began)) return made
    await this.due.giveBack([made])
    this.wakeSignal.notify()
    return undefined
  }

  /** For whoever has room first. */
  private async leave(queued: Decision<Email>, isWanted: () => Promise<boolean>): Promise<void> {
    if (!(await isWanted())) await this.takeBack(queued)
    else if (await this.emails.insert(queued)) this.wakeSignal.notify()
  }

  /** An earlier attempt at the event may have made it, when nobody could say. */
  private async takeBack({ state: { id } }: Decision<Email>): Promise<void> {
    if (!this.wakeSignal.isTaken(id)) await this.due.withdrawUnused(id)
  }
}
