import { type ApiAnswer, type ApiInput, profiles } from '@mpics/contracts'
import { Caller, type CallerIdentity, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ListPhotographers } from './list-photographers.js'

@Controller()
export class PhotographersController {
  constructor(private readonly photographers: ListPhotographers) {}

  @Endpoint(profiles.listPhotographers)
  list(
    @Input() { query }: ApiInput<typeof profiles.listPhotographers>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApiAnswer<typeof profiles.listPhotographers>> {
    return this.photographers.execute(query, caller.member?.accountId ?? null)
  }
}
