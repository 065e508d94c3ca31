import { Injectable } from '@nestjs/common'

/** Wakes this replica's delivery when a mail was queued here; what others queued is found when it looks. */
@Injectable()
export class DeliveryBell {
  private rung = false
  private waiting?: () => void

  ring(): void {
    this.rung = true
    this.waiting?.()
  }

  /** Resolves when it rings, or rang since it was last heard, or after `ms`. */
  heard(ms: number): Promise<void> {
    if (this.rung) ms = 0
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.waiting?.(), ms)
      this.waiting = () => {
        clearTimeout(timer)
        this.waiting = undefined
        this.rung = false
        resolve()
      }
    })
  }
}
