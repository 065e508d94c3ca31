import { Module } from '@nestjs/common'
import { AuthModule } from '../auth/auth.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { LinkPolicyOnPublication } from './link-policy-on-publication.js'
import { RefuseTokensOnRevocation } from './refuse-tokens-on-revocation.js'

@Module({
  imports: [AuthModule, PoliciesModule],
  controllers: [LinkPolicyOnPublication, RefuseTokensOnRevocation],
})
export class ConsumersModule {}
