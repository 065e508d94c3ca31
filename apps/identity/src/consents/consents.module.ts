import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { ConsentFormsModule } from '../consent-forms/consent-forms.module.js'
import { LedgerModule } from '../ledger/ledger.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { ChangeConsent } from './change-consent.js'
import { ConsentHolders } from './consent-holders.js'
import { ConsentsController } from './consents.controller.js'
import { DecideUse } from './decide-use.js'

@Module({
  imports: [AccountsModule, ConsentFormsModule, LedgerModule, PoliciesModule],
  controllers: [ConsentsController],
  providers: [ChangeConsent, ConsentHolders, DecideUse],
  exports: [ChangeConsent, DecideUse],
})
export class ConsentsModule {}
