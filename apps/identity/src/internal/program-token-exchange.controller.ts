import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ExchangeProgramToken } from '../program-tokens/exchange-program-token.js'

@Controller()
export class ProgramTokenExchangeController {
  constructor(private readonly exchanging: ExchangeProgramToken) {}

  @Endpoint(identity.exchangeProgramToken)
  async exchange(
    @Input() { body }: ApiInput<typeof identity.exchangeProgramToken>,
  ): Promise<ApiAnswer<typeof identity.exchangeProgramToken>> {
    return { accessToken: await this.exchanging.execute(body.token) }
  }
}
