import { Module } from '@nestjs/common'
import { NewPasswords } from './hash-new-password.js'
import { PasswordHasher } from './password-hasher.js'

@Module({
  providers: [NewPasswords, PasswordHasher],
  exports: [NewPasswords, PasswordHasher],
})
export class PasswordsModule {}
