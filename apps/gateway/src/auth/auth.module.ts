import { Global, Module } from '@nestjs/common'
import { AccessTokenStrategy } from './access-token.strategy.js'
import { EndedSessions } from './ended-sessions.js'
import { LinkedSessions } from './linked-sessions.js'
import { RevokeOnLogOff } from './revoke-on-log-off.js'
import { SessionCheck } from './session-check.js'
import { SigningKeys } from './signing-keys.js'
import { UnverifiedMembers } from './unverified-members.js'

/** Global, since ServiceKitModule makes the AccessTokenAuthentication, which injects these classes. */
@Global()
@Module({
  providers: [
    AccessTokenStrategy,
    EndedSessions,
    LinkedSessions,
    RevokeOnLogOff,
    SessionCheck,
    SigningKeys,
    UnverifiedMembers,
  ],
  exports: [AccessTokenStrategy, EndedSessions, LinkedSessions, RevokeOnLogOff, SessionCheck, UnverifiedMembers],
})
export class AuthModule {}
