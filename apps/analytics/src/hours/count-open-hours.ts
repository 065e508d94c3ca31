import { HOUR_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MAX_VALUES, PeriodCount } from '../counts/period-count.js'
import { Repeats } from '../counts/repeats.js'
import { hourNumberOf, hourOf, hoursFrom } from '../view-log/logged-view.js'
import { type Stretch, ViewLogRepository } from '../view-log/view-log.repository.js'
import { HoursRepository } from './hours.repository.js'

const OPEN_HOURS = 3
const NOTHING = -1

/**
 * Counts the hours that go on from the log, as it grows, and writes what has changed. Whoever begins reads these hours from their
 * beginning, so that nothing depends on what another process had counted.
 */
@Injectable()
export class CountOpenHours {
  /** By the number of the hour. */
  private readonly counts = new Map<number, PeriodCount>()
  private readonly ends = new Map<string, number>()
  private repeats = new Repeats()
  private isBegun = false

  constructor(
    private readonly log: ViewLogRepository,
    private readonly cells: HoursRepository,
    private readonly clock: Clock,
  ) {
    log.onStored((stretch) => {
      if (this.isBegun) this.addNext(stretch)
    })
  }

  async execute(): Promise<void> {
    const hours = this.openHours()
    if (!this.isBegun) await this.begin(hours)
    for (const source of await this.log.sources()) await this.readOn(source)
    for (const [number, count] of this.counts) {
      await this.cells.hours.writeOpen(new Date(number * HOUR_MS), count.seen, count.takeChanged())
      if (number < hourNumberOf(hours[0]!)) this.counts.delete(number)
    }
  }

  /** Another replica counts: what this one knows ages. */
  forget(): void {
    this.isBegun = false
    this.counts.clear()
    this.ends.clear()
    this.repeats = new Repeats()
  }

  private openHours(): Date[] {
    const current = hourOf(this.clock.now())
    return Array.from({ length: OPEN_HOURS }, (_, i) => hoursFrom(current, i + 1 - OPEN_HOURS))
  }

  /** What comes into the log meanwhile is read afterwards. */
  private async begin(hours: readonly Date[]): Promise<void> {
    this.forget()
    for (const source of await this.log.sources()) this.ends.set(source, await this.log.endOf(source))
    for await (const stretch of this.log.during(hours))
      if (stretch.from <= (this.ends.get(stretch.source) ?? NOTHING)) this.add(stretch)
    this.isBegun = true
  }

  private async readOn(source: string): Promise<void> {
    for await (const stretch of this.log.after(source, this.ends.get(source) ?? NOTHING)) this.addNext(stretch, true)
  }

  /** What this process has just stored needs no reading, if it knows all that stands before. */
  private addNext(stretch: Stretch, knowsAllBefore = false): void {
    const end = this.ends.get(stretch.source) ?? NOTHING
    if (stretch.from <= end || (stretch.from > end + 1 && !knowsAllBefore)) return
    this.add(stretch)
    this.ends.set(stretch.source, stretch.to)
  }

  private add({ views }: Stretch): void {
    const first = hourNumberOf(this.openHours()[0]!)
    for (const view of views) {
      const hour = hourNumberOf(view.at)
      if (hour >= first) this.countOf(hour).add(view, this.repeats.isRepeat(view))
    }
  }

  private countOf(hour: number): PeriodCount {
    const known = this.counts.get(hour)
    if (known) return known
    const count = new PeriodCount(MAX_VALUES)
    this.counts.set(hour, count)
    return count
  }
}
