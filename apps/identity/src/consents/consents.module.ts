import { Module } from '@nestjs/common'
import { PoliciesModule } from '../policies/policies.module.js'
import { ChangeConsent } from './change-consent.js'
import { ConsentReceipts } from './consent-receipts.js'
import { ConsentRepository } from './consent.repository.js'
import { ConsentsController } from './consents.controller.js'

@Module({
  imports: [PoliciesModule],
  controllers: [ConsentsController],
  providers: [ChangeConsent, ConsentRepository, ConsentReceipts],
  exports: [ChangeConsent, ConsentRepository],
})
export class ConsentsModule {}
