import { Module } from '@nestjs/common'
import { SettingsModule } from '../settings/settings.module.js'
import { StopMails } from './stop-mails.js'
import { UnsubscribeController } from './unsubscribe.controller.js'
import { UnsubscribeTokens } from './unsubscribe-tokens.js'

@Module({
  imports: [SettingsModule],
  controllers: [UnsubscribeController],
  providers: [StopMails, UnsubscribeTokens],
  exports: [UnsubscribeTokens],
})
export class UnsubscribeModule {}
