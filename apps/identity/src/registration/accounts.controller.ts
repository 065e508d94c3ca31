import { type ApiAnswer, type ApiInput, registerAccount, requestVerificationMail, verifyEmail } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller, UseGuards } from '@nestjs/common'
import { AgeGate } from './age-gate.guard.js'
import { RegisterAccount } from './register-account.js'
import { RequestVerificationMail } from '../verification/request-verification-mail.js'
import { VerifyEmail } from '../verification/verify-email.js'

@Controller()
export class AccountsController {
  constructor(
    private readonly registering: RegisterAccount,
    private readonly verifying: VerifyEmail,
    private readonly requesting: RequestVerificationMail,
  ) {}

  @Endpoint(registerAccount)
  @UseGuards(AgeGate)
  register(@Input() { body }: ApiInput<typeof registerAccount>): Promise<ApiAnswer<typeof registerAccount>> {
    return this.registering.execute(body)
  }

  @Endpoint(verifyEmail)
  verify(@Input() { body }: ApiInput<typeof verifyEmail>): Promise<void> {
    return this.verifying.execute(body.token)
  }

  @Endpoint(requestVerificationMail)
  requestMail(@Input() { body }: ApiInput<typeof requestVerificationMail>): Promise<void> {
    return this.requesting.execute(body.email)
  }
}
