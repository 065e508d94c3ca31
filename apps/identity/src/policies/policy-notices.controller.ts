import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ReadPolicies } from './read-policies.js'

@Controller()
export class PolicyNoticesController {
  constructor(private readonly reading: ReadPolicies) {}

  @Endpoint(identity.policyNotice)
  async read(
    @Input() { params, query }: ApiInput<typeof identity.policyNotice>,
  ): Promise<ApiAnswer<typeof identity.policyNotice>> {
    const { document, version } = params
    const asked = { params: { document }, query: { version }, body: undefined }
    const { summary, supersedes } = await this.reading.one(asked, query.locale)
    return { summary, supersedes }
  }
}
