import { type ApiInput, confirmPasswordReset, requestPasswordReset } from '@mpics/contracts'
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

  @Endpoint(requestPasswordReset)
  request(@Input() { body }: ApiInput<typeof requestPasswordReset>): Promise<void> {
    return this.requesting.execute(body.email)
  }

  @Endpoint(confirmPasswordReset)
  confirm(@Input() { body }: ApiInput<typeof confirmPasswordReset>): Promise<void> {
    return this.resetting.execute(body)
  }
}
