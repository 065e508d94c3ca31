import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { AttemptsModule } from '../attempts/attempts.module.js'
import { LinksModule } from '../links/links.module.js'
import { RetiredHandlesModule } from '../retired-handles/retired-handles.module.js'
import { AskProofAgain } from './ask-proof-again.js'
import { DescribeVerification } from './describe-verification.js'
import { EndOtherLinks } from './end-other-links.js'
import { ListPendingAccounts } from './list-pending-accounts.js'
import { RequestVerificationMail } from './request-verification-mail.js'
import { VerifyEmail } from './verify-email.js'

const forOthers = [
  AskProofAgain,
  DescribeVerification,
  EndOtherLinks,
  ListPendingAccounts,
  RequestVerificationMail,
  VerifyEmail,
]

@Module({
  imports: [AccountsModule, AttemptsModule, LinksModule, RetiredHandlesModule],
  providers: forOthers,
  exports: forOthers,
})
export class VerificationModule {}
