import { Module } from '@nestjs/common'
import { KeysModule } from '../keys/keys.module.js'
import { AttemptRepository } from './attempt.repository.js'
import { LoginAttempts } from './login-attempts.js'
import { MailAttempts } from './mail-attempts.js'

@Module({
  imports: [KeysModule],
  providers: [AttemptRepository, LoginAttempts, MailAttempts],
  exports: [LoginAttempts, MailAttempts],
})
export class AttemptsModule {}
