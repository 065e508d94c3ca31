import { Injectable } from '@nestjs/common'
import { HoursRepository } from '../hours/hours.repository.js'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import { ToldPagesRepository } from '../told-pages/told-pages.repository.js'
import { ViewLogRepository } from '../view-log/view-log.repository.js'

/** What is kept of a page beside its total. */
@Injectable()
export class PageTraces {
  constructor(
    private readonly log: ViewLogRepository,
    private readonly hours: HoursRepository,
    private readonly days: PageDayRepository,
    private readonly told: ToldPagesRepository,
  ) {}

  /** What was told is made of the others. */
  async erase(page: string): Promise<void> {
    for (const kept of [this.log, this.hours, this.days, this.told]) await kept.erasePage(page)
  }
}
