import { Module } from '@nestjs/common'
import { KeysModule } from '../keys/keys.module.js'
import { OneTimeLinks } from './one-time-links.js'

@Module({
  imports: [KeysModule],
  providers: [OneTimeLinks],
  exports: [OneTimeLinks],
})
export class LinksModule {}
