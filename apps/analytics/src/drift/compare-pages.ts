import { Injectable } from '@nestjs/common'
import { Visitors } from '../counts/visitors.js'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { PageViewsRepository } from '../page-views/page-views.repository.js'
import type { Comparison } from './comparison.js'
import { lookAgain } from './look-again.js'

const SAMPLE = 100

/** Totals of pages beside their days. */
@Injectable()
export class ComparePages {
  constructor(
    private readonly pages: PageViewsRepository,
    private readonly days: PageDayRepository,
  ) {}

  /** A page and its day are not written at once. */
  async execute(): Promise<Comparison> {
    const sample = await this.pages.some(SAMPLE)
    const different = await lookAgain<string[]>(
      (before = sample) => this.differing(before),
      (found) => found.length === 0,
    )
    return { compared: sample.length, different: different.length }
  }

  /** A page has days of some KiB each, so one page after the other. */
  private async differing(pages: readonly string[]): Promise<string[]> {
    const different: string[] = []
    for (const page of pages) if (!(await this.isSumOfDays(page))) different.push(page)
    return different
  }

  private async isSumOfDays(page: string): Promise<boolean> {
    const visitors = new Visitors()
    let sum = 0
    for await (const { tally } of this.days.each(page)) {
      visitors.mergeBytes(tally.registers)
      sum += tally.total
    }
    const [counted] = await this.pages.totals([page])
    if (!counted) return true
    return counted.total === sum && counted.unique === Math.min(visitors.estimate(), sum)
  }
}
