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
  private readonly waits = new Map<Round, { timer: NodeJS.Timeout; until: number }>()
  /** Rounds under way that another is to follow, after so long. */
  private readonly hastened = new Map<Round, number>()
  private readonly running = new Set<Promise<void>>()

  begin(round: Round): void {
    if (round.atOnce) this.run(round)
    else this.wait(round)
  }

  /** The next round begins after `ms` at the latest. One under way may have begun too early for what is to be done: another follows. */
  hasten(round: Round, ms: number): void {
    const wait = this.waits.get(round)
    if (!wait) return void this.hastened.set(round, Math.min(ms, this.hastened.get(round) ?? ms))
    if (wait.until <= performance.now() + ms) return
    clearTimeout(wait.timer)
    this.wait(round, ms)
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort()
    for (const { timer } of this.waits.values()) clearTimeout(timer)
    await Promise.all(this.running)
  }

  private wait(round: Round, ms = this.hastened.get(round) ?? pauseOf(round)): void {
    this.hastened.delete(round)
    if (this.stopping.signal.aborted) return
    this.waits.set(round, { timer: setTimeout(() => this.run(round), ms).unref(), until: performance.now() + ms })
  }

  private run(round: Round): void {
    this.waits.delete(round)
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

const pauseOf = ({ everyMs, spreadMs = everyMs / 10 }: Round): number => everyMs + Math.random() * spreadMs
