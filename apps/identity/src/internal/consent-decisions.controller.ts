import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { DecideUse } from '../consents/decide-use.js'

@Controller()
export class ConsentDecisionsController {
  constructor(private readonly deciding: DecideUse) {}

  @Endpoint(identity.decideConsents)
  decide(
    @Input() { body }: ApiInput<typeof identity.decideConsents>,
  ): Promise<ApiAnswer<typeof identity.decideConsents>> {
    return this.deciding.execute(body.items)
  }
}
