import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { KeysModule } from '../keys/keys.module.js'
import { AttemptKeys } from './attempt-keys.js'
import { AttemptRepository } from './attempt.repository.js'
import { LoginAttempts } from './login-attempts.js'
import { MailAttempts } from './mail-attempts.js'

@Module({
  imports: [AccountsModule, KeysModule],
  providers: [AttemptKeys, AttemptRepository, LoginAttempts, MailAttempts],
  exports: [LoginAttempts, MailAttempts],
})
export class AttemptsModule {}
