import { RightsModule } from '@mpics/rights'
import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { CampaignsModule } from './campaigns/campaigns.module.js'
import { NotificationsConfig } from './config.js'
import { ConsumersModule } from './consumers/consumers.module.js'
import { DeliveryModule } from './delivery/delivery.module.js'
import { EmailsModule } from './emails/emails.module.js'
import { LastMailsModule } from './last-mails/last-mails.module.js'
import { MailboxesModule } from './mailboxes/mailboxes.module.js'
import { SettingsModule } from './settings/settings.module.js'
import { SourcesModule } from './sources/sources.module.js'
import { takeAnyBody } from './unsubscribe/take-any-body.js'
import { UnsubscribeModule } from './unsubscribe/unsubscribe.module.js'

@Module({
  imports: [
    ServiceKitModule.forRoot(NotificationsConfig, { configure: takeAnyBody }),
    RightsModule.forRoot({ service: 'notifications' }),
    SettingsModule,
    MailboxesModule,
    UnsubscribeModule,
    EmailsModule,
    SourcesModule,
    DeliveryModule,
    LastMailsModule,
    CampaignsModule,
    ConsumersModule,
  ],
})
export class NotificationsModule {}
