import { analytics } from '@mpics/contracts'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'

const MAX_BROWSERS = 100_000

/** Tells a browser that makes more views in a minute than a person does. What it counts ends with the minute, or a minute after it began where nobody comes. */
@Injectable()
export class ViewRates {
  private minute = 0
  private views = new Map<string, number>()

  constructor(private readonly clock: Clock) {}

  get browsers(): number {
    return this.views.size
  }

  isTooFast(browserId: string | null): boolean {
    if (browserId === null) return false
    this.begin(Math.floor(this.clock.now().getTime() / MINUTE_MS))
    const views = (this.views.get(browserId) ?? 0) + 1
    if (views > 1 || this.views.size < MAX_BROWSERS) this.views.set(browserId, views)
    return views > analytics.countingRules.viewsAMinute
  }

  private begin(minute: number): void {
    if (minute === this.minute) return
    this.minute = minute
    const views = new Map<string, number>()
    this.views = views
    setTimeout(() => views.clear(), MINUTE_MS).unref()
  }
}
