import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { AcceptancesController } from './acceptances.controller.js'
import { AcceptPolicies } from './accept-policies.js'

@Module({
  imports: [AccountsModule, PoliciesModule],
  controllers: [AcceptancesController],
  providers: [AcceptPolicies],
})
export class AcceptancesModule {}
