import { Clock, Metrics } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { HourFilesRepository } from '../hour-files/hour-files.repository.js'

@Injectable()
export class LakeMetrics {
  constructor(metrics: Metrics, files: HourFilesRepository, clock: Clock) {
    const help = 'How long the lake has lagged behind an hour that was closed or changed'
    metrics.gauge('analytics_lake_behind_seconds', help, async () => {
      const since = await files.oldestDue()
      return since ? (clock.now().getTime() - since.getTime()) / 1_000 : 0
    })
  }
}
