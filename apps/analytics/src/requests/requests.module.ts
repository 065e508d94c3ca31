import { Module } from '@nestjs/common'
import { RequestHoursRepository } from './request-hours.repository.js'
import { RequestsController } from './requests.controller.js'

@Module({ controllers: [RequestsController], providers: [RequestHoursRepository], exports: [RequestHoursRepository] })
export class RequestsModule {}
