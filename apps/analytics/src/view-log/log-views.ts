import { Together } from '@mpics/eventing'
import { ConcurrentChangeError } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { HourStateRepository } from './hour-state.repository.js'
import { Pace, type Share } from '../tallies/pace.js'
import { hoursAmong, type PlacedView } from './logged-view.js'
import { ViewLogRepository } from './view-log.repository.js'

const ATTEMPTS = 3

/** Puts views into the log, each once, and then notes their hours, which have to be counted. */
@Injectable()
export class LogViews {
  private readonly pace = new Pace()
  private readonly shares = new Together<Share<PlacedView>>(
    (shares) => this.log(shares.flatMap(({ views }) => views)),
    (shares) => this.pace.waitMs(shares),
  )

  constructor(
    private readonly views: ViewLogRepository,
    private readonly states: HourStateRepository,
    private readonly clock: Clock,
  ) {}

  async execute(views: readonly PlacedView[], isFull = false): Promise<void> {
    if (views.length > 0) await this.shares.add({ views, isFull })
  }

  /** The note comes after the views: who counts an hour then finds all that it was noted for. */
  private async log(views: readonly PlacedView[]): Promise<void> {
    this.pace.begin(views.length)
    const savedAt = this.clock.now()
    for (let attempt = 1; ; attempt++)
      try {
        await this.views.append(views, savedAt)
        break
      } catch (error) {
        if (!(error instanceof ConcurrentChangeError) || attempt === ATTEMPTS) throw error
      }
    await this.states.touch(hoursAmong(views.map(({ view }) => view)), savedAt)
  }
}
