import { Module } from '@nestjs/common'
import { ConsentProjection } from './consent-projection.js'
import { ConsentProjectionRepository } from './consent-projection.repository.js'
import { SettingsController } from './settings.controller.js'
import { SettingsRepository } from './settings.repository.js'

@Module({
  controllers: [SettingsController],
  providers: [SettingsRepository, ConsentProjectionRepository, ConsentProjection],
  exports: [SettingsRepository, ConsentProjectionRepository],
})
export class SettingsModule {}
