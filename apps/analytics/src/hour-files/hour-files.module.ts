import { Module } from '@nestjs/common'
import { HourFilesRepository } from './hour-files.repository.js'

@Module({
  providers: [HourFilesRepository],
  exports: [HourFilesRepository],
})
export class HourFilesModule {}
