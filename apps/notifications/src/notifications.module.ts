import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { NotificationsConfig } from './config.js'
import { MailNoticeOnNewDevice } from './consumers/mail-notice-on-new-device.js'
import { MailNoticeOnPasswordChange } from './consumers/mail-notice-on-password-change.js'
import { MailOwnerOnRejection } from './consumers/mail-owner-on-rejection.js'
import { MailPasswordResetOnRequest } from './consumers/mail-password-reset-on-request.js'
import { MailPhotographerOnFollow } from './consumers/mail-photographer-on-follow.js'
import { MailVerificationOnRequest } from './consumers/mail-verification-on-request.js'
import { MirrorConsentOnChange } from './consumers/mirror-consent-on-change.js'
import { DeliverEmail } from './delivery/deliver-email.js'
import { Delivery } from './delivery/delivery.js'
import { DeliveryBell } from './delivery/delivery-bell.js'
import { MailServer } from './delivery/mail-server.js'
import { PrepareEmail } from './delivery/prepare-email.js'
import { EmailRepository } from './emails/email.repository.js'
import { MailsController } from './emails/mails.controller.js'
import { QueueEmail } from './emails/queue-email.js'
import { SettingsController } from './settings/settings.controller.js'
import { SettingsRepository } from './settings/settings.repository.js'
import { Layouts } from './templates/layouts.js'
import { UnsubscribeController } from './unsubscribe/unsubscribe.controller.js'
import { UnsubscribeTokens } from './unsubscribe/unsubscribe-tokens.js'

const consumers = [
  MailVerificationOnRequest,
  MailPasswordResetOnRequest,
  MailNoticeOnPasswordChange,
  MailNoticeOnNewDevice,
  MailPhotographerOnFollow,
  MailOwnerOnRejection,
  MirrorConsentOnChange,
]

@Module({
  imports: [ServiceKitModule.forRoot(NotificationsConfig)],
  controllers: [MailsController, SettingsController, UnsubscribeController, ...consumers],
  providers: [
    EmailRepository,
    SettingsRepository,
    QueueEmail,
    UnsubscribeTokens,
    Layouts,
    PrepareEmail,
    MailServer,
    DeliverEmail,
    DeliveryBell,
    Delivery,
  ],
})
export class NotificationsModule {}
