import { Module } from '@nestjs/common'
import { ExportPlaces } from './export-places.js'
import { ExportsController } from './exports.controller.js'
import { ReadViews } from './read-views.js'

@Module({ controllers: [ExportsController], providers: [ExportPlaces, ReadViews] })
export class ExportsModule {}
