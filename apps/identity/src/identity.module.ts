import { Module } from '@nestjs/common'
import { ServiceKitModule } from '@mpics/service-kit'
import { AccountRepository } from './accounts/account.repository.js'
import { AccountsController } from './registration/accounts.controller.js'
import { AgeCookie } from './accounts/age-cookie.js'
import { RegisterAccount } from './registration/register-account.js'
import { RequestVerificationMail } from './verification/request-verification-mail.js'
import { VerifyEmail } from './verification/verify-email.js'
import { AttemptRepository } from './attempts/attempt.repository.js'
import { LoginAttempts } from './attempts/login-attempts.js'
import { MailAttempts } from './attempts/mail-attempts.js'
import { IdentityConfig } from './config.js'
import { ChangeConsent } from './consents/change-consent.js'
import { ConsentRepository } from './consents/consent.repository.js'
import { ConsentsController } from './consents/consents.controller.js'
import { Receipts } from './consents/receipts.js'
import { EndSessionsOnPasswordChange } from './consumers/end-sessions-on-password-change.js'
import { LinksController } from './internal/links.controller.js'
import { MailRecipientsController } from './internal/mail-recipients.controller.js'
import { RegistrationsController } from './internal/registrations.controller.js'
import { RevokedSessionsController } from './internal/revoked-sessions.controller.js'
import { OneTimeLinks } from './links/one-time-links.js'
import { MeController } from './me/me.controller.js'
import { NewPasswords } from './passwords/new-passwords.js'
import { PasswordHasher } from './passwords/password-hasher.js'
import { PasswordResetsController } from './password-resets/password-resets.controller.js'
import { RequestPasswordReset } from './password-resets/request-password-reset.js'
import { ResetPassword } from './password-resets/reset-password.js'
import { ListAnnouncements } from './policies/list-announcements.js'
import { PoliciesController } from './policies/policies.controller.js'
import { PoliciesInForce } from './policies/policies-in-force.js'
import { PolicyRepository } from './policies/policy.repository.js'
import { PublishFirstPolicies } from './policies/publish-first-policies.js'
import { ReadPolicies } from './policies/read-policies.js'
import { Secrets } from './secrets.js'
import { AccessTokens } from './sessions/access-tokens.js'
import { CheckPassword } from './sessions/check-password.js'
import { EndSessions } from './sessions/end-sessions.js'
import { KnownBrowsers } from './sessions/known-browsers.js'
import { LogIn } from './sessions/log-in.js'
import { OpenSession } from './sessions/open-session.js'
import { RefreshSession } from './sessions/refresh-session.js'
import { RefreshTokens } from './sessions/refresh-tokens.js'
import { SessionCookies } from './sessions/session-cookies.js'
import { SessionListController } from './sessions/session-list.controller.js'
import { SessionRepository } from './sessions/session.repository.js'
import { SessionsController } from './sessions/sessions.controller.js'
import { SigningKeysController } from './sessions/signing-keys.controller.js'

const accounts = [AccountRepository, AgeCookie, RegisterAccount, RequestVerificationMail, VerifyEmail]
const attempts = [AttemptRepository, LoginAttempts, MailAttempts]
const consents = [ChangeConsent, ConsentRepository, Receipts]
const passwords = [NewPasswords, PasswordHasher, RequestPasswordReset, ResetPassword]
const policies = [ListAnnouncements, PoliciesInForce, PolicyRepository, PublishFirstPolicies, ReadPolicies]
const tokens = [AccessTokens, KnownBrowsers, OneTimeLinks, RefreshTokens, Secrets, SessionCookies]
const sessions = [CheckPassword, EndSessions, LogIn, OpenSession, RefreshSession, SessionRepository]

const publicCalls = [
  AccountsController,
  ConsentsController,
  MeController,
  PasswordResetsController,
  PoliciesController,
  SessionListController,
  SessionsController,
  SigningKeysController,
]
const internalCalls = [LinksController, MailRecipientsController, RegistrationsController, RevokedSessionsController]
const reactions = [EndSessionsOnPasswordChange]

@Module({
  imports: [ServiceKitModule.forRoot(IdentityConfig)],
  controllers: [...publicCalls, ...internalCalls, ...reactions],
  providers: [...accounts, ...attempts, ...consents, ...passwords, ...policies, ...tokens, ...sessions],
})
export class IdentityModule {}
