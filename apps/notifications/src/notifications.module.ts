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
import { ConsentMirrorProjection } from './settings/consent-mirror.projection.js'
import { ConsentMirrorRepository } from './settings/consent-mirror.repository.js'
import { AddressLetter } from './delivery/address-letter.js'
import { DeliverEmail } from './delivery/deliver-email.js'
import { Delivery } from './delivery/delivery.js'
import { DeliveryBell } from './emails/delivery-bell.js'
import { MailMetrics } from './delivery/mail-metrics.js'
import { MailServer } from './delivery/mail-server.js'
import { PrepareEmail } from './delivery/prepare-email.js'
import { Recipients } from './delivery/recipients.js'
import { RecordOutcome } from './delivery/record-outcome.js'
import { SendHeldEmail } from './delivery/send-held-email.js'
import { WriteLetter } from './delivery/write-letter.js'
import { DueEmailRepository } from './emails/due-email.repository.js'
import { EmailRepository } from './emails/email.repository.js'
import { MailsController } from './emails/mails.controller.js'
import { QueueEmail } from './emails/queue-email.js'
import { MailboxRepository } from './mailboxes/mailbox.repository.js'
import { SettingsController } from './settings/settings.controller.js'
import { SettingsRepository } from './settings/settings.repository.js'
import { UnsubscribeController } from './unsubscribe/unsubscribe.controller.js'
import { takeAnyBody } from './unsubscribe/take-any-body.js'
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

const repositories = [
  EmailRepository,
  DueEmailRepository,
  SettingsRepository,
  ConsentMirrorRepository,
  MailboxRepository,
]
const delivery = [
  Recipients,
  WriteLetter,
  AddressLetter,
  PrepareEmail,
  MailServer,
  MailMetrics,
  DeliverEmail,
  RecordOutcome,
  SendHeldEmail,
  DeliveryBell,
  Delivery,
]

@Module({
  imports: [ServiceKitModule.forRoot(NotificationsConfig, { configure: takeAnyBody })],
  controllers: [MailsController, SettingsController, UnsubscribeController, ...consumers],
  providers: [...repositories, ConsentMirrorProjection, UnsubscribeTokens, QueueEmail, ...delivery],
})
export class NotificationsModule {}
