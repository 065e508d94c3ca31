import type { Versioned } from '@mpics/eventing'
import { Injectable } from '@nestjs/common'
import type { Email } from './email.js'

export interface MailTaker {
  /** True if it can take one more mail at once, beside those that are on their way to it. */
  hasRoom: () => boolean
  take: (email: Versioned<Email>) => void
  /** True until it has sent a mail that it took, or given it back. */
  isAt: (id: string) => boolean
}

/** Leads mails that this replica queued to its delivery: hands them over while there is room, else wakes it to look for them. */
@Injectable()
export class WakeSignal {
  private notified = false
  private wake?: () => void
  private taker?: MailTaker
  private awaited = 0

  serve(taker: MailTaker): void {
    this.taker = taker
  }

  /** Mails that are being made for the taker. */
  get onTheirWay(): number {
    return this.awaited
  }

  get hasRoom(): boolean {
    return this.taker?.hasRoom() ?? false
  }

  /** True if this replica is about to send it. */
  isTaken(id: string): boolean {
    return this.taker?.isAt(id) ?? false
  }

  /** Undefined without room; else hands over what `make` makes. */
  handOver(make: () => Promise<Versioned<Email> | undefined>): Promise<void> | undefined {
    return this.taker?.hasRoom() ? this.lead(make, this.taker) : undefined
  }

  /** Any mail may be due. */
  notify(): void {
    this.notified = true
    this.wake?.()
  }

  /** Resolves when it is notified, or was since the last wait, or after `ms`. */
  wait(ms: number): Promise<void> {
    if (this.notified) ms = 0
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake?.(), ms)
      this.wake = () => {
        clearTimeout(timer)
        this.wake = undefined
        this.notified = false
        resolve()
      }
    })
  }

  private async lead(make: () => Promise<Versioned<Email> | undefined>, taker: MailTaker): Promise<void> {
    this.awaited++
    const made = await make().finally(() => this.awaited--)
    if (made) taker.take(made)
  }
}
