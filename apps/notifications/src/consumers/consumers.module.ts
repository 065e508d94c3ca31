import { Module } from '@nestjs/common'
import { CampaignsModule } from '../campaigns/campaigns.module.js'
import { EmailsModule } from '../emails/emails.module.js'
import { mails } from '../mails/mails.generated.js'
import { SettingsModule } from '../settings/settings.module.js'
import { mailConsumers } from './mail-on-event.js'
import { ProjectConsentOnChange } from './project-consent-on-change.js'
import { TellEverybodyOnPublication } from './tell-everybody-on-publication.js'
import { TellNewcomerOnVerification } from './tell-newcomer-on-verification.js'

@Module({
  imports: [CampaignsModule, EmailsModule, SettingsModule],
  controllers: [
    ...mailConsumers(mails),
    ProjectConsentOnChange,
    TellEverybodyOnPublication,
    TellNewcomerOnVerification,
  ],
})
export class ConsumersModule {}
