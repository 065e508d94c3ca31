import { AsyncLocalStorage } from 'node:async_hooks'
import { Clock, Metrics } from '@mpics/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import type { Counter } from 'prom-client'

const parts = [
  'main',
  'stream',
  'views',
  'cards',
  'name',
  'held',
  'photos',
  'count',
  'verification',
  'sitemap',
] as const
/** `main`: without it there is no answer; `count`: a view of a page that was shown; the others: an answer goes without them. */
export type Part = (typeof parts)[number]

/** While a service is away every request would write a line; all of them are counted. */
const LOG_EVERY_MS = 10_000

/** Counts and logs what answers had to do without, and why: their readers hear nothing of the cause. */
@Injectable()
export class MissingParts {
  private readonly logger = new Logger('MissingParts')
  private readonly loggedAt = new Map<Part, number>()
  private readonly missing: Counter<'part'>
  private readonly watched = new AsyncLocalStorage<{ isWhole: boolean }>()

  constructor(
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.missing = metrics.counter('gateway_missing_parts_total', 'What answers had to do without.', ['part'])
    for (const part of parts) this.missing.inc({ part }, 0)
  }

  orNull<T>(part: Part, answer: Promise<T>): Promise<T | null> {
    return answer.catch((error: unknown) => {
      this.note(part, error)
      return null
    })
  }

  /** Tells besides whether nothing was missing from the answer. */
  async watch<T>(make: () => Promise<T>): Promise<{ answer: T; isWhole: boolean }> {
    const seen = { isWhole: true }
    return { answer: await this.watched.run(seen, make), isWhole: seen.isWhole }
  }

  note(part: Part, error: unknown): void {
    const seen = this.watched.getStore()
    if (seen) seen.isWhole = false
    this.missing.inc({ part })
    const now = this.clock.now().getTime()
    if (now - (this.loggedAt.get(part) ?? 0) < LOG_EVERY_MS) return
    this.loggedAt.set(part, now)
    this.logger.warn({ err: error, reason: part }, 'a part of an answer is missing')
  }
}
