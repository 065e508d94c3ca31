import { Module } from '@nestjs/common'
import { KeysModule } from '../keys/keys.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { PageSecrets } from './page-secrets.js'
import { PageSessionsController } from './page-sessions.controller.js'

@Module({
  imports: [KeysModule, SessionsModule],
  controllers: [PageSessionsController],
  providers: [PageSecrets],
})
export class PageSessionsModule {}
