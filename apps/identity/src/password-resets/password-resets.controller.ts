import { type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { RequestPasswordReset } from './request-password-reset.js'
import { ResetPassword } from './reset-password.js'

@Controller()
export class PasswordResetsController {
  constructor(
    private readonly requesting: RequestPasswordReset,
    private readonly resetting: ResetPassword,
  ) {}

  @Endpoint(identity.requestPasswordReset)
  request(@Input() { body }: ApiInput<typeof identity.requestPasswordReset>): Promise<void> {
    return this.requesting.execute(body.email)
  }

  @Endpoint(identity.confirmPasswordReset)
  confirm(@Input() { body }: ApiInput<typeof identity.confirmPasswordReset>): Promise<void> {
    return this.resetting.execute(body)
  }
}
