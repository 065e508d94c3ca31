import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { KeysModule } from '../keys/keys.module.js'
import { PoliciesModule } from '../policies/policies.module.js'
import { ConsentFormsController } from './consent-forms.controller.js'
import { ServedForms } from './served-forms.js'
import { ShowConsentForm } from './show-consent-form.js'

@Module({
  imports: [AccountsModule, KeysModule, PoliciesModule],
  controllers: [ConsentFormsController],
  providers: [ServedForms, ShowConsentForm],
  exports: [ServedForms],
})
export class ConsentFormsModule {}
