import { Module } from '@nestjs/common'
import { AgentsModule } from '../agents/agents.module.js'
import { CommunityModule } from '../community/community.module.js'
import { PageViewsModule } from '../page-views/page-views.module.js'
import { RequestsModule } from '../requests/requests.module.js'
import { SketchModule } from '../sketch/sketch.module.js'
import { ViewLogModule } from '../view-log/view-log.module.js'
import { CountOwnViews } from './count-own-views.js'
import { CountRequests } from './count-requests.js'
import { CountPageViews } from './count-page-views.js'
import { ErasePageOnPhotoErasure } from './erase-page-on-photo-erasure.js'
import { LogPageViews } from './log-page-views.js'
import { NoteCommunityFacts } from './note-community-facts.js'

@Module({
  imports: [AgentsModule, CommunityModule, PageViewsModule, RequestsModule, SketchModule, ViewLogModule],
  controllers: [
    CountOwnViews,
    CountPageViews,
    CountRequests,
    ErasePageOnPhotoErasure,
    LogPageViews,
    NoteCommunityFacts,
  ],
})
export class ConsumersModule {}
