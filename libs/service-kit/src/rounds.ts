import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common'

export interface Round {
  everyMs: number
  /** Chance adds up to so much, so that replicas do not meet; a tenth by default. */
  spreadMs?: number
  /** Begins without the first pause. */
  atOnce?: boolean
  /** Logged when the work fails, e.g. “secrets wait to be sealed anew”. */
  failed: string
  /** Ends early, and leaves the rest to the next round, once the service stops. */
  work: (stopping: AbortSignal) => Promise<unknown>
}

/** Repeats work while the service runs: one round never overlaps the next, and a stop waits for the one under way. */
@Injectable()
export class Rounds implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Rounds.name)
  private readonly stopping = new AbortController()
  private readonly timers = new Map<Round, NodeJS.Timeout>()
  private readonly running = new Set<Promise<void>>()

  begin(round: Round): void {
    if (round.atOnce) this.run(round)
    else this.wait(round)
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort()
    for (const timer of this.timers.values()) clearTimeout(timer)
    await Promise.all(this.running)
  }

  private wait(round: Round): void {
    if (this.stopping.signal.aborted) return
    const { everyMs, spreadMs = everyMs / 10 } = round
    this.timers.set(round, setTimeout(() => this.run(round), everyMs + Math.random() * spreadMs).unref())
  }

  private run(round: Round): void {
    const run = this.once(round).then(() => {
      this.running.delete(run)
      this.wait(round)
    })
    this.running.add(run)
  }

  private async once({ work, failed }: Round): Promise<void> {
    try {
      await work(this.stopping.signal)
    } catch (err) {
      this.logger.warn({ err }, failed)
    }
  }
}
