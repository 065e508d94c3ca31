import { RightsModule } from '@mpics/rights'
import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { AgentsModule } from './agents/agents.module.js'
import { CommunityModule } from './community/community.module.js'
import { AnalyticsConfig } from './config.js'
import { ConsumersModule } from './consumers/consumers.module.js'
import { DriftModule } from './drift/drift.module.js'
import { ExportsModule } from './exports/exports.module.js'
import { HoursModule } from './hours/hours.module.js'
import { LakeModule } from './lake/lake.module.js'
import { PageDaysModule } from './page-days/page-days.module.js'
import { PageStatsModule } from './page-stats/page-stats.module.js'
import { PageViewsModule } from './page-views/page-views.module.js'
import { RecountModule } from './recount/recount.module.js'
import { SiteModule } from './site/site.module.js'
import { SketchModule } from './sketch/sketch.module.js'
import { StatsModule } from './stats/stats.module.js'
import { RequestsModule } from './requests/requests.module.js'
import { TrafficModule } from './traffic/traffic.module.js'
import { ViewLogModule } from './view-log/view-log.module.js'

@Module({
  imports: [
    ServiceKitModule.forRoot(AnalyticsConfig),
    RightsModule.forRoot({ service: 'analytics' }),
    AgentsModule,
    SketchModule,
    PageDaysModule,
    SiteModule,
    PageViewsModule,
    PageStatsModule,
    StatsModule,
    ViewLogModule,
    HoursModule,
    TrafficModule,
    RequestsModule,
    CommunityModule,
    ExportsModule,
    RecountModule,
    DriftModule,
    LakeModule,
    ConsumersModule,
  ],
})
export class AnalyticsModule {}
