import { Module } from '@nestjs/common'
import { CommunityDaysRepository } from './community-days.repository.js'
import { CommunityFactsRepository } from './community-facts.repository.js'
import { CommunityController } from './community.controller.js'
import { CountDays } from './count-days.js'
import { KeepCommunity } from './keep-community.js'
import { NoteFacts } from './note-facts.js'
import { TellDays } from './tell-days.js'
import { ToldMetricsRepository } from './told-metrics.repository.js'

@Module({
  controllers: [CommunityController],
  providers: [
    CommunityDaysRepository,
    CommunityFactsRepository,
    CountDays,
    KeepCommunity,
    NoteFacts,
    TellDays,
    ToldMetricsRepository,
  ],
  exports: [CommunityDaysRepository, NoteFacts],
})
export class CommunityModule {}
