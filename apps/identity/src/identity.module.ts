import { RightsModule } from '@mpics/rights'
import { ServiceKitModule } from '@mpics/service-kit'
import { Module } from '@nestjs/common'
import { AcceptancesModule } from './acceptances/acceptances.module.js'
import { ClosuresModule } from './closures/closures.module.js'
import { IdentityConfig } from './config.js'
import { AuthenticatorsModule } from './authenticators/authenticators.module.js'
import { ConsentFormsModule } from './consent-forms/consent-forms.module.js'
import { ConsentsModule } from './consents/consents.module.js'
import { ConsumersModule } from './consumers/consumers.module.js'
import { EmailChangesModule } from './email-changes/email-changes.module.js'
import { ErasuresModule } from './erasures/erasures.module.js'
import { ExportsModule } from './exports/exports.module.js'
import { FactorLogInsModule } from './factor-log-ins/factor-log-ins.module.js'
import { FactorRecoveriesModule } from './factor-recoveries/factor-recoveries.module.js'
import { InternalModule } from './internal/internal.module.js'
import { InventoryModule } from './inventory/inventory.module.js'
import { KeysModule } from './keys/keys.module.js'
import { LedgerModule } from './ledger/ledger.module.js'
import { LedgerRootsModule } from './ledger-roots/ledger-roots.module.js'
import { LocksModule } from './locks/locks.module.js'
import { MeModule } from './me/me.module.js'
import { MyLedgerModule } from './my-ledger/my-ledger.module.js'
import { OperationsModule } from './operations/operations.module.js'
import { PageSessionsModule } from './page-sessions/page-sessions.module.js'
import { PasskeysModule } from './passkeys/passkeys.module.js'
import { PasswordChangesModule } from './password-changes/password-changes.module.js'
import { PasswordResetsModule } from './password-resets/password-resets.module.js'
import { PoliciesModule } from './policies/policies.module.js'
import { ProgramTokensModule } from './program-tokens/program-tokens.module.js'
import { ProofsModule } from './proofs/proofs.module.js'
import { RegistrationModule } from './registration/registration.module.js'
import { SessionsModule } from './sessions/sessions.module.js'
import { StaffModule } from './staff/staff.module.js'

@Module({
  imports: [
    ServiceKitModule.forRoot(IdentityConfig),
    RightsModule.forRoot({ service: 'identity' }),
    AcceptancesModule,
    ClosuresModule,
    AuthenticatorsModule,
    ConsentFormsModule,
    ConsentsModule,
    ConsumersModule,
    EmailChangesModule,
    ErasuresModule,
    ExportsModule,
    FactorLogInsModule,
    FactorRecoveriesModule,
    InternalModule,
    InventoryModule,
    KeysModule,
    LedgerModule,
    LedgerRootsModule,
    LocksModule,
    MeModule,
    MyLedgerModule,
    OperationsModule,
    PageSessionsModule,
    PasskeysModule,
    PasswordChangesModule,
    PasswordResetsModule,
    PoliciesModule,
    ProgramTokensModule,
    ProofsModule,
    RegistrationModule,
    SessionsModule,
    StaffModule,
  ],
})
export class IdentityModule {}
