import { Module } from '@nestjs/common'
import { EmailsModule } from '../emails/emails.module.js'
import { SettingsModule } from '../settings/settings.module.js'
import { MailNoticeOnNewDevice } from './mail-notice-on-new-device.js'
import { MailNoticeOnPasswordChange } from './mail-notice-on-password-change.js'
import { MailOwnerOnRejection } from './mail-owner-on-rejection.js'
import { MailPasswordResetOnRequest } from './mail-password-reset-on-request.js'
import { MailPhotographerOnFollow } from './mail-photographer-on-follow.js'
import { MailVerificationOnRequest } from './mail-verification-on-request.js'
import { MirrorConsentOnChange } from './mirror-consent-on-change.js'

@Module({
  imports: [EmailsModule, SettingsModule],
  controllers: [
    MailVerificationOnRequest,
    MailPasswordResetOnRequest,
    MailNoticeOnPasswordChange,
    MailNoticeOnNewDevice,
    MailPhotographerOnFollow,
    MailOwnerOnRejection,
    MirrorConsentOnChange,
  ],
})
export class ConsumersModule {}
