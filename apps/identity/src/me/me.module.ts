import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { MeController } from './me.controller.js'

@Module({
  imports: [AccountsModule, PoliciesModule],
  controllers: [MeController],
})
export class MeModule {}
