import { Module } from '@nestjs/common'
import { ForgetSpans } from './forget-spans.js'
import { RankingsRepository } from './rankings.repository.js'
import { SpansRepository } from './spans.repository.js'
import { WrittenDaysRepository } from './written-days.repository.js'

@Module({
  providers: [ForgetSpans, RankingsRepository, SpansRepository, WrittenDaysRepository],
  exports: [RankingsRepository, SpansRepository, WrittenDaysRepository],
})
export class SpansModule {}
