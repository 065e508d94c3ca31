import { Module } from '@nestjs/common'
import { Secrets } from './secrets.js'
import { SigningKeysController } from './signing-keys.controller.js'

@Module({
  controllers: [SigningKeysController],
  providers: [Secrets],
  exports: [Secrets],
})
export class KeysModule {}
