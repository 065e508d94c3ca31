import { Module } from '@nestjs/common'
import { ToldPagesModule } from '../told-pages/told-pages.module.js'
import { PageDayRepository } from './page-day.repository.js'

@Module({ imports: [ToldPagesModule], providers: [PageDayRepository], exports: [PageDayRepository] })
export class PageDaysModule {}
