import { Module } from '@nestjs/common'
import { PageDayRepository } from './page-day.repository.js'

@Module({ providers: [PageDayRepository], exports: [PageDayRepository] })
export class PageDaysModule {}
