import { Module } from '@nestjs/common'
import { ForgetSpans } from './forget-spans.js'
import { SpansRepository } from './spans.repository.js'
import { WrittenDaysRepository } from './written-days.repository.js'

@Module({
  providers: [ForgetSpans, SpansRepository, WrittenDaysRepository],
  exports: [SpansRepository, WrittenDaysRepository],
})
export class SpansModule {}
