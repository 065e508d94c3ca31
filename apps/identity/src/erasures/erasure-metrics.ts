import { DAY_MS } from '@mpics/contracts/durations'
import { Clock, Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { DueAccounts } from '../closures/due-accounts.js'
import { ErasureRepository } from './erasure.repository.js'

@Injectable()
export class ErasureMetrics {
  constructor(metrics: Metrics, erasures: ErasureRepository, due: DueAccounts, clock: Clock) {
    const since = (ms: number) => new Date(clock.now().getTime() - ms)
    metrics.gauge('identity_erasures_open', 'Erasures that not every service has finished', () =>
      erasures.countOpenSince(since(0)),
    )
    metrics.gauge('identity_erasures_overdue', 'Erasures that are not finished a day after they were due', async () => {
      const [open, waiting] = await Promise.all([erasures.countOpenSince(since(DAY_MS)), due.countWaiting(DAY_MS)])
      return open + waiting
    })
  }
}
