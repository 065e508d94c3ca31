import { Injectable } from '@nestjs/common'
import { WHOLE_SITE } from '../counts/dimension.js'
import { Visitors } from '../counts/visitors.js'
import type { CountedSpan } from '../spans/span.js'
import { SpansRepository } from '../spans/spans.repository.js'
import { WrittenDaysRepository } from '../spans/written-days.repository.js'
import { hoursFrom } from '../view-log/logged-view.js'
import { bytesOf, type StoredCell } from './cells.repository.js'
import { HoursRepository } from './hours.repository.js'

const DAY_HOURS = 24
const SITE = { dimension: 'site', value: WHOLE_SITE } as const

/** Adds the hours of the site up to the days of all zones that end within a closed day (UTC), so that nobody has to who asks for a year of them. */
@Injectable()
export class AddZonedDays {
  constructor(
    private readonly cells: HoursRepository,
    private readonly spans: SpansRepository,
    private readonly written: WrittenDaysRepository,
  ) {}

  async execute(day: Date): Promise<void> {
    const [before, end] = [hoursFrom(day, -DAY_HOURS), hoursFrom(day, DAY_HOURS)]
    const written = await this.written.during({ from: before, to: end })
    const hours = new Map<number, SiteHour>()
    for await (const cell of this.cells.hours.of({ ...SITE, values: [WHOLE_SITE], from: before, to: end }))
      hours.set(cell.at.getTime(), siteHour(cell))
    const days = Array.from({ length: DAY_HOURS - 1 }, (_, n) => dayFrom(hoursFrom(before, n + 1), hours))
    await this.spans.keep(days.map((span) => ({ ...span, writes: written.during(span) })))
  }
}

interface SiteHour {
  readonly views: number
  readonly repeats: number
  readonly visitors: Visitors
}

function siteHour({ views, repeats, registers }: StoredCell): SiteHour {
  const visitors = new Visitors()
  visitors.mergeBytes(bytesOf(registers))
  return { views, repeats, visitors }
}

function dayFrom(from: Date, hours: ReadonlyMap<number, SiteHour>): Omit<CountedSpan, 'writes'> {
  const visitors = new Visitors()
  let [views, repeats] = [0, 0]
  for (let n = 0; n < DAY_HOURS; n++) {
    const hour = hours.get(hoursFrom(from, n).getTime())
    if (!hour) continue
    views += hour.views
    repeats += hour.repeats
    visitors.merge(hour.visitors)
  }
  const shown = { views, repeats, visitors: Math.min(visitors.estimate(), views) }
  return { ...SITE, from, to: hoursFrom(from, DAY_HOURS), ...shown }
}
