import { setTimeout as delay } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'
import { Visitors } from '../counts/visitors.js'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { PageViewsRepository } from '../page-views/page-views.repository.js'
import type { Comparison } from './comparison.js'

const SAMPLE = 100
/** A page and its day are not written at once. */
const LOOKS = 3
const PAUSE_MS = 1_000

/** Totals of pages beside their days. */
@Injectable()
export class ComparePages {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
  ) {}

  async execute(): Promise<Comparison> {
    const sample = await this.pages.some(SAMPLE)
    let different = sample
    for (let look = 1; look <= LOOKS && different.length > 0; look++) {
      if (look > 1) await delay(PAUSE_MS)
      different = await this.differing(different)
    }
    return { compared: sample.length, different: different.length }
  }

  private async differing(pages: readonly string[]): Promise<string[]> {
    const [totals, days] = await Promise.all([this.pages.totals(pages), this.days.stored(pages)])
    const byPage = Map.groupBy(days, ({ labels }) => labels.page)
    return totals.flatMap(({ page, total, unique }) => {
      const [visitors, tallies] = [new Visitors(), (byPage.get(page) ?? []).map(({ tally }) => tally)]
      for (const { registers } of tallies) visitors.mergeBytes(registers)
      const sum = tallies.reduce((views, tally) => views + tally.total, 0)
      return total === sum && unique === Math.min(visitors.estimate(), sum) ? [] : [page]
    })
  }
}
