import { Injectable } from '@nestjs/common'

/** A look into the database finds more than that as fast as their names. */
const MAX_NAMED = 20

/** Wakes this replica's delivery when this replica queued a mail, and names the mail so that nobody has to look for it. */
@Injectable()
export class WakeSignal {
  private notified = false
  private wake?: () => void
  private readonly queued: string[] = []
  private unnamed = false

  /** Without an id: any mail may be due. */
  notify(emailId?: string): void {
    if (emailId !== undefined && this.queued.length < MAX_NAMED) this.queued.push(emailId)
    else this.unnamed = true
    this.notified = true
    this.wake?.()
  }

  /** The mails that were queued since the last call; empty if others may be due. */
  named(): string[] {
    const named = this.queued.splice(0)
    const all = !this.unnamed
    this.unnamed = false
    return all ? named : []
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
}
