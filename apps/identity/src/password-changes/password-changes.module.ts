import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { PasswordsModule } from '../passwords/passwords.module.js'
import { ProofsModule } from '../proofs/proofs.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { ChangePassword } from './change-password.js'
import { PasswordChangesController } from './password-changes.controller.js'

@Module({
  imports: [AccountsModule, PasswordsModule, ProofsModule, SessionsModule],
  controllers: [PasswordChangesController],
  providers: [ChangePassword],
})
export class PasswordChangesModule {}
