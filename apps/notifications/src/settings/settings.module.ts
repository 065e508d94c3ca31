import { Module } from '@nestjs/common'
import { ConsentMirrorProjection } from './consent-mirror.projection.js'
import { ConsentMirrorRepository } from './consent-mirror.repository.js'
import { SettingsController } from './settings.controller.js'
import { SettingsRepository } from './settings.repository.js'

@Module({
  controllers: [SettingsController],
  providers: [SettingsRepository, ConsentMirrorRepository, ConsentMirrorProjection],
  exports: [SettingsRepository, ConsentMirrorRepository],
})
export class SettingsModule {}
