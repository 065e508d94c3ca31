import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input, Member, type MemberIdentity } from '@mpics/service-kit'
import { Controller, Header } from '@nestjs/common'
import { ShowConsentForm } from './show-consent-form.js'

@Controller()
export class ConsentFormsController {
  constructor(private readonly showing: ShowConsentForm) {}

  @Endpoint(identity.getConsentForm)
  @Header('cache-control', 'private, no-store')
  show(
    @Member() { accountId }: MemberIdentity,
    @Input() input: ApiInput<typeof identity.getConsentForm>,
  ): Promise<ApiAnswer<typeof identity.getConsentForm>> {
    return this.showing.execute(accountId, input)
  }
}
