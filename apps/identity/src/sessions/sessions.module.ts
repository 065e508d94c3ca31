import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { KeysModule } from '../keys/keys.module.js'
import { PasswordsModule } from '../passwords/passwords.module.js'
import { PendingLogInsModule } from '../pending-log-ins/pending-log-ins.module.js'
import { AccessTokens } from './access-tokens.js'
import { AddSession } from './add-session.js'
import { BrowserGuessesRepository } from './browser-guesses.repository.js'
import { CheckPassword } from './check-password.js'
import { EndSessions } from './end-sessions.js'
import { GrantAccess } from './grant-access.js'
import { KnownBrowsers } from './known-browsers.js'
import { LogIn } from './log-in.js'
import { LogInGuesses } from './log-in-guesses.js'
import { LogOff } from './log-off.js'
import { MoveSessions } from './move-sessions.js'
import { OpenKnownBrowser } from './open-known-browser.js'
import { OpenSession } from './open-session.js'
import { RefreshSession } from './refresh-session.js'
import { RefreshTokens } from './refresh-tokens.js'
import { SessionAnswers } from './session-answers.js'
import { SessionCookies } from './session-cookies.js'
import { SessionHolderRepository } from './session-holder.repository.js'
import { SessionListController } from './session-list.controller.js'
import { SessionRepository } from './session.repository.js'
import { SessionsController } from './sessions.controller.js'

@Module({
  imports: [AccountsModule, AttemptsModule, KeysModule, PasswordsModule, PendingLogInsModule],
  controllers: [SessionListController, SessionsController],
  providers: [
    AccessTokens,
    AddSession,
    BrowserGuessesRepository,
    CheckPassword,
    EndSessions,
    GrantAccess,
    KnownBrowsers,
    LogIn,
    LogInGuesses,
    LogOff,
    MoveSessions,
    OpenKnownBrowser,
    OpenSession,
    RefreshSession,
    RefreshTokens,
    SessionAnswers,
    SessionCookies,
    SessionHolderRepository,
    SessionRepository,
  ],
  exports: [
    AccessTokens,
    CheckPassword,
    EndSessions,
    GrantAccess,
    MoveSessions,
    OpenKnownBrowser,
    RefreshTokens,
    SessionAnswers,
    SessionRepository,
  ],
})
export class SessionsModule {}
