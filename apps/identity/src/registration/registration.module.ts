import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { KeysModule } from '../keys/keys.module.js'
import { LinksModule } from '../links/links.module.js'
import { PasswordsModule } from '../passwords/passwords.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { RetiredHandlesModule } from '../retired-handles/retired-handles.module.js'
import { VerificationModule } from '../verification/verification.module.js'
import { AccountsController } from './accounts.controller.js'
import { AgeCookie } from './age-cookie.js'
import { RegisterAccount } from './register-account.js'

@Module({
  imports: [
    AccountsModule,
    KeysModule,
    LinksModule,
    PasswordsModule,
    PoliciesModule,
    RetiredHandlesModule,
    VerificationModule,
  ],
  controllers: [AccountsController],
  providers: [AgeCookie, RegisterAccount],
})
export class RegistrationModule {}
