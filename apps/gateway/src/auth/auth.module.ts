import { Global, Module } from '@nestjs/common'
import { ClientsModule } from '../clients/clients.module.js'
import { LimitsModule } from '../limits/limits.module.js'
import { AccessTokenStrategy } from './access-token.strategy.js'
import { Admission } from './admission.js'
import { EndedSessions } from './ended-sessions.js'
import { FormerRoles } from './former-roles.js'
import { LinkedSessions } from './linked-sessions.js'
import { OpenAnswers } from './open-answers.js'
import { ProgramTokens } from './program-tokens.js'
import { RevokeOnLogOff } from './revoke-on-log-off.js'
import { RolesVersions } from './roles-versions.js'
import { SessionCheck } from './session-check.js'
import { SigningKeys } from './signing-keys.js'
import { UnverifiedMembers } from './unverified-members.js'

/** Global, since ServiceKitModule makes the AccessTokenAuthentication, which injects these classes. */
@Global()
@Module({
  imports: [ClientsModule, LimitsModule],
  providers: [
    AccessTokenStrategy,
    Admission,
    EndedSessions,
    FormerRoles,
    LinkedSessions,
    OpenAnswers,
    ProgramTokens,
    RevokeOnLogOff,
    RolesVersions,
    SessionCheck,
    SigningKeys,
    UnverifiedMembers,
  ],
  exports: [
    AccessTokenStrategy,
    Admission,
    EndedSessions,
    FormerRoles,
    LinkedSessions,
    OpenAnswers,
    ProgramTokens,
    RevokeOnLogOff,
    RolesVersions,
    SessionCheck,
  ],
})
export class AuthModule {}
