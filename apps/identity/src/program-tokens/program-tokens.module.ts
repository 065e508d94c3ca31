import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { SessionsModule } from '../sessions/sessions.module.js'
import { EndProgramTokens } from './end-program-tokens.js'
import { ExchangeProgramToken } from './exchange-program-token.js'
import { GoodProgramTokens } from './good-program-tokens.js'
import { MakeProgramToken } from './make-program-token.js'
import { ProgramTokenRepository } from './program-token.repository.js'
import { ProgramTokensController } from './program-tokens.controller.js'

@Module({
  imports: [AccountsModule, SessionsModule],
  controllers: [ProgramTokensController],
  providers: [EndProgramTokens, ExchangeProgramToken, GoodProgramTokens, MakeProgramToken, ProgramTokenRepository],
  exports: [EndProgramTokens, ExchangeProgramToken, GoodProgramTokens],
})
export class ProgramTokensModule {}
