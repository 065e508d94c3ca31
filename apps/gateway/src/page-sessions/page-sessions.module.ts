import { Module } from '@nestjs/common'
import { ClientsModule } from '../clients/clients.module.js'
import { FormTokens } from './form-tokens.js'
import { PageCalls } from './page-calls.js'
import { PageCookies } from './page-cookies.js'
import { PageLogIn } from './page-log-in.js'
import { SessionGuard } from './session.guard.js'

@Module({
  imports: [ClientsModule],
  providers: [FormTokens, PageCalls, PageCookies, PageLogIn, SessionGuard],
  exports: [FormTokens, PageCalls, PageCookies, PageLogIn, SessionGuard],
})
export class PageSessionsModule {}
