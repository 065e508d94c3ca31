import { setTimeout as delay } from 'node:timers/promises'
import { gateway } from '@mpics/contracts'
import { type Confirmation, type Projection, Projections, type Rebuildable, type Run } from '@mpics/eventing'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { type HourState, HourStateRepository, isHeldSince, lastClosable } from '../view-log/hour-state.repository.js'
import { hourOf, hoursFrom } from '../view-log/logged-view.js'
import { LOG_DAYS, ViewLogRepository } from '../view-log/view-log.repository.js'
import { HoursRepository } from './hours.repository.js'
import { KeepHours } from './keep-hours.js'

const DAY_HOURS = 24
/** The log still holds the last of these hours as a whole, and the one before it, until the rebuild has come so far. */
const COUNTED_HOURS = (LOG_DAYS - 1) * DAY_HOURS
const LOOK_MS = 250

/**
 * Hours and days. A rebuild opens the closed hours that the log holds, and they are counted and closed as any others: what was counted
 * before is shown until then, and goes on being counted though the service dies. Hours and days before them stay as they are.
 */
@Injectable()
export class HoursProjection implements Projection<string>, Rebuildable<string> {
  readonly name = 'hours'
  readonly events = [gateway.pageViewRecorded]
  readonly source = 'the log of views'
  readonly store = this
  private signal?: AbortSignal

  constructor(
    projections: Projections,
    private readonly states: HourStateRepository,
    private readonly cells: HoursRepository,
    private readonly keep: KeepHours,
    private readonly log: ViewLogRepository,
    private readonly clock: Clock,
  ) {
    projections.register(this)
  }

  /** No document is marked: what a closing does not write it removes. */
  async *suspect(): AsyncGenerator<number> {
    yield (await this.cells.hours.periods(...this.closable())).length
  }

  async *snapshot({ signal }: Run): AsyncGenerator<string[]> {
    this.signal = signal
    const hours = (await this.countable()).map((hour) => hour.toISOString()).sort()
    for (const day of Map.groupBy(hours, (hour) => hour.slice(0, DAY_LENGTH)).values()) yield day
  }

  async confirm(hours: readonly string[]): Promise<Confirmation> {
    const periods = hours.map((hour) => new Date(hour))
    const before = await this.cells.hours.sums(periods)
    await this.states.touch(periods)
    await this.closed(periods)
    const after = await this.cells.hours.sums(periods)
    const changed = periods.map((hour) => hour.getTime()).filter((hour) => before.get(hour) !== after.get(hour))
    const added = changed.filter((hour) => !before.has(hour)).length
    return { added, mended: changed.length - added, distrusted: 0 }
  }

  /** By this replica, or by the one that counts hours. */
  private async closed(hours: readonly Date[]): Promise<void> {
    for (;;) {
      await this.keep.execute()
      if (this.signal!.aborted || (await this.states.countOpen(hours)) === 0) return
      await delay(LOOK_MS)
    }
  }

  /** No hour that was counted from views that are gone. */
  private async countable(): Promise<Date[]> {
    const begin = await this.log.begin()
    if (begin === null) return []
    const [from, to] = this.closable()
    const states = new Map((await this.states.from(from)).map((state) => [state.hour.getTime(), state]))
    const stored = await this.cells.hours.periods(from, to)
    const known: Pick<HourState, 'hour' | 'closedAt'>[] = [
      ...states.values(),
      ...stored.filter((hour) => !states.has(hour.getTime())).map((hour) => ({ hour, closedAt: null })),
    ]
    return known.filter((state) => state.hour < to && isHeldSince(begin, state)).map(({ hour }) => hour)
  }

  /** From when until when hours are closed, and the log keeps them. */
  private closable(): [Date, Date] {
    const now = this.clock.now()
    return [hoursFrom(hourOf(now), -COUNTED_HOURS), hoursFrom(hourOf(lastClosable(now)), 1)]
  }
}

const DAY_LENGTH = '2026-01-01'.length
