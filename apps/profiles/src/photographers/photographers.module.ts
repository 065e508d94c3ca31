import { Module } from '@nestjs/common'
import { ProfileModule } from '../profiles/profile.module.js'
import { ViewingModule } from '../viewing/viewing.module.js'
import { ListPhotographers } from './list-photographers.js'
import { PhotographersController } from './photographers.controller.js'

@Module({
  imports: [ProfileModule, ViewingModule],
  controllers: [PhotographersController],
  providers: [ListPhotographers],
})
export class PhotographersModule {}
