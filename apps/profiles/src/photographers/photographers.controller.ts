import { type ApiAnswer, type ApiInput, listPhotographers } from '@mpics/contracts'
import { Caller, type CallerIdentity, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ListPhotographers } from './list-photographers.js'

@Controller()
export class PhotographersController {
  constructor(private readonly photographers: ListPhotographers) {}

  @Endpoint(listPhotographers)
  list(
    @Input() { query }: ApiInput<typeof listPhotographers>,
    @Caller() caller: CallerIdentity,
  ): Promise<ApiAnswer<typeof listPhotographers>> {
    return this.photographers.execute(query, caller.member?.accountId ?? null)
  }
}
