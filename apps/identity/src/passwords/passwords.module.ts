import { Module } from '@nestjs/common'
import { HashNewPassword } from './hash-new-password.js'
import { PasswordHasher } from './password-hasher.js'

@Module({
  providers: [HashNewPassword, PasswordHasher],
  exports: [HashNewPassword, PasswordHasher],
})
export class PasswordsModule {}
