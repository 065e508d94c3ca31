import { Module } from '@nestjs/common'
import { EmailsModule } from '../emails/emails.module.js'
import { mails } from '../mails/mails.generated.js'
import { SettingsModule } from '../settings/settings.module.js'
import { mailConsumers } from './mail-on-event.js'
import { MirrorConsentOnChange } from './mirror-consent-on-change.js'

@Module({
  imports: [EmailsModule, SettingsModule],
  controllers: [...mailConsumers(mails), MirrorConsentOnChange],
})
export class ConsumersModule {}
