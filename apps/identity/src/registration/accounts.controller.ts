import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Ids, Input } from '@mpics/service-kit'
import { Controller, Req, UseGuards } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { AgeGate } from './age-gate.guard.js'
import { RegisterAccount } from './register-account.js'
import { networkOf } from '../sessions/client.js'
import { RequestVerificationMail } from '../verification/request-verification-mail.js'
import { VerifyEmail } from '../verification/verify-email.js'

@Controller()
export class AccountsController {
  constructor(
    private readonly registering: RegisterAccount,
    private readonly verifying: VerifyEmail,
    private readonly requesting: RequestVerificationMail,
    private readonly ids: Ids,
  ) {}

  @Endpoint(identity.registerAccount)
  @UseGuards(AgeGate)
  register(
    @Input() { body }: ApiInput<typeof identity.registerAccount>,
    @Req() { headers }: FastifyRequest,
  ): Promise<ApiAnswer<typeof identity.registerAccount>> {
    return this.registering.execute(this.ids.idForRequest(), body, networkOf(headers))
  }

  @Endpoint(identity.verifyEmail)
  verify(@Input() { body }: ApiInput<typeof identity.verifyEmail>): Promise<void> {
    return this.verifying.execute(body.token)
  }

  @Endpoint(identity.requestVerificationMail)
  requestMail(@Input() { body }: ApiInput<typeof identity.requestVerificationMail>): Promise<void> {
    return this.requesting.execute(body.email)
  }
}
