import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock, Metrics, Rounds } from '@mpics/service-kit'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { CompareDays } from './compare-days.js'
import { CompareHours } from './compare-hours.js'
import { ComparePages } from './compare-pages.js'
import type { Comparison } from './comparison.js'

/** An older comparison says nothing of now. */
const SHOWN_MS = 3 * HOUR_MS

/** Compares a sample each hour, and shows what came of the last one. */
@Injectable()
export class WatchDrift implements OnApplicationBootstrap {
  private last?: { at: Date; comparisons: Map<string, Comparison> }
  private readonly parts: Record<string, { execute(): Promise<Comparison> }>

  constructor(
    hours: CompareHours,
    days: CompareDays,
    pages: ComparePages,
    private readonly clock: Clock,
    private readonly rounds: Rounds,
  ) {
    this.parts = { hours, days, pages }
  }

  onApplicationBootstrap(): void {
    const failed = 'counts are not compared with what they are made of'
    this.rounds.begin({ everyMs: HOUR_MS, atOnce: true, failed, work: () => this.execute() })
  }

  async execute(): Promise<void> {
    const comparisons = new Map<string, Comparison>()
    for (const [name, part] of Object.entries(this.parts)) comparisons.set(name, await part.execute())
    this.last = { at: this.clock.now(), comparisons }
  }

  shown(of: keyof Comparison): Map<string, number> {
    if (!this.last || this.clock.now().getTime() - this.last.at.getTime() > SHOWN_MS) return new Map()
    return new Map([...this.last.comparisons].map(([name, comparison]) => [name, comparison[of]]))
  }
}

@Injectable()
export class DriftMetrics {
  constructor(metrics: Metrics, drift: WatchDrift) {
    const help = 'Stored counts of the sample of the last hour'
    metrics.gauges('analytics_counts_compared', help, 'counts', async () => drift.shown('compared'))
    metrics.gauges('analytics_counts_different', `${help} that are not what they are made of`, 'counts', async () =>
      drift.shown('different'),
    )
  }
}
