import { Injectable } from '@nestjs/common'

/** Wakes this replica's delivery when this replica queued a mail. */
@Injectable()
export class WakeSignal {
  private notified = false
  private wake?: () => void

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
}
