import { Module } from '@nestjs/common'
import { HoursModule } from '../hours/hours.module.js'
import { SpansModule } from '../spans/spans.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { BotsController } from './bots.controller.js'
import { CountTraffic } from './count-traffic.js'
import { KnownPoints } from './known-points.js'
import { LiveController } from './live.controller.js'
import { LoggedCounts } from './logged-counts.js'
import { StoredCounts } from './stored-counts.js'
import { StoredLists } from './stored-lists.js'
import { StoredSeries } from './stored-series.js'
import { TrafficController } from './traffic.controller.js'
import { TrafficListsController } from './traffic-lists.controller.js'

@Module({
  imports: [HoursModule, SpansModule, ViewLogModule],
  controllers: [BotsController, LiveController, TrafficController, TrafficListsController],
  providers: [CountTraffic, KnownPoints, LoggedCounts, StoredCounts, StoredLists, StoredSeries],
  exports: [CountTraffic, LoggedCounts, StoredCounts],
})
export class TrafficModule {}
