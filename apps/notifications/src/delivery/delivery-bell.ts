import { EventEmitter } from 'node:events'
import { Injectable } from '@nestjs/common'

/** Wakes this replica's delivery when a mail was queued here; the others find it when they look. */
@Injectable()
export class DeliveryBell {
  private readonly emitter = new EventEmitter()

  ring(): void {
    this.emitter.emit('rung')
  }

  /** Resolves when it rings, after `ms`, or when stopped. */
  heard(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.emitter.off('rung', done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.emitter.once('rung', done)
      signal.addEventListener('abort', done)
      if (signal.aborted) done()
    })
  }
}
