import { Module } from '@nestjs/common'
import { SpansRepository } from './spans.repository.js'
import { WrittenDaysRepository } from './written-days.repository.js'

@Module({ providers: [SpansRepository, WrittenDaysRepository], exports: [SpansRepository, WrittenDaysRepository] })
export class SpansModule {}
