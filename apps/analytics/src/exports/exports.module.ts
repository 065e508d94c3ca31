import { Module } from '@nestjs/common'
import { CommunityController } from '../community/community.controller.js'
import { CommunityModule } from '../community/community.module.js'
import { HoursModule } from '../hours/hours.module.js'
import { RequestsController } from '../requests/requests.controller.js'
import { RequestsModule } from '../requests/requests.module.js'
import { BotsController } from '../traffic/bots.controller.js'
import { LiveController } from '../traffic/live.controller.js'
import { TrafficController } from '../traffic/traffic.controller.js'
import { TrafficListsController } from '../traffic/traffic-lists.controller.js'
import { TrafficModule } from '../traffic/traffic.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { AnswerTables } from './answer-tables.js'
import { ExportPlaces } from './export-places.js'
import { ExportsController } from './exports.controller.js'
import { ReadViews } from './read-views.js'
import { TrafficAnswers } from './traffic-answers.js'

/** What gives the answers, once more: they keep nothing. */
const answering = [
  BotsController,
  CommunityController,
  LiveController,
  RequestsController,
  TrafficController,
  TrafficListsController,
]

@Module({
  imports: [CommunityModule, HoursModule, RequestsModule, TrafficModule, ViewLogModule],
  controllers: [ExportsController],
  providers: [...answering, AnswerTables, ExportPlaces, ReadViews, TrafficAnswers],
})
export class ExportsModule {}
