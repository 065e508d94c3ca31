import { DAY_MS, HOUR_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { groupsOf, timeOf, weekOf } from '../disclosure/joined-days.js'
import { toldDays, type ToldStretch, withoutHours } from '../disclosure/told-days.js'
import { dayOf, firstOpenDay } from '../page-days/day.js'
import { PageDayRepository } from '../page-days/page-day.repository.js'
import type { ToldPage, ToldWeek } from '../told-pages/told-page.js'
import { ToldPagesRepository } from '../told-pages/told-pages.repository.js'
import { hourOf, hoursFrom } from '../view-log/logged-view.js'
import { LOG_DAYS } from '../view-log/view-log.repository.js'
import { PageParts } from './page-parts.js'

const WEEKS = 4
const ATTEMPTS = 3

/**
 * Tells of a page what has closed since it was asked for last. What was told is remembered: late views, and views that the log holds
 * no longer, would make two answers differ by few (ADR 88).
 */
@Injectable()
export class TellPage {
  constructor(
    private readonly told: ToldPagesRepository,
    private readonly days: PageDayRepository,
    private readonly parts: PageParts,
    private readonly clock: Clock,
  ) {}

  async execute(page: string): Promise<ToldPage> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { version, ...before } = await this.told.find(page)
      const after = await this.tell(before)
      if (after === before || (await this.told.save(after, version))) return after
    }
    return this.told.find(page)
  }

  private async tell(before: ToldPage): Promise<ToldPage> {
    const now = this.clock.now()
    const until = firstOpenDay(now)
    const closed = (await this.days.ofPage(before.page)).filter(({ day }) => day < until)
    const days = toldDays(before.days, closed, { until, asOf: hoursFrom(hourOf(now), 1) })
    const weeks = await this.weeks(before, days, now)
    const after = { page: before.page, days: withoutHours(days, openWeek(now)), weeks }
    return after.days === before.days && weeks === before.weeks ? before : after
  }

  /** A week is told once, a day after its end: nothing of one where the log has other views than were counted, now or later. */
  private async weeks(
    { page, weeks }: ToldPage,
    days: readonly ToldStretch[],
    now: Date,
  ): Promise<readonly ToldWeek[]> {
    const end = openWeek(now)
    const begin = dayOf(new Date(Date.parse(end) - WEEKS * 7 * DAY_MS))
    const logged = now.getTime() - LOG_DAYS * DAY_MS + HOUR_MS
    const known = new Set(weeks.map(({ to }) => weekOf(to)))
    const fresh = groupsOf(days, 'week').filter((group) => {
      const { from, to } = timeOf(group)
      const isNoted = group.every(({ asOf }) => asOf !== undefined)
      return isNoted && to >= begin && to < end && Date.parse(from) >= logged && !known.has(weekOf(to))
    })
    const kept = weeks.filter(({ to }) => to >= begin)
    if (fresh.length === 0 && kept.length === weeks.length) return weeks
    return [...kept, ...(await this.parts.of(page, fresh))].sort((a, b) => (a.to < b.to ? -1 : 1))
  }
}

/** The first week that is not told of yet. */
const openWeek = (now: Date): string => weekOf(dayOf(new Date(now.getTime() - DAY_MS)))
