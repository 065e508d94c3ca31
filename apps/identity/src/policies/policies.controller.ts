import { type ApiAnswer, type ApiInput, identity } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ListAnnouncements } from './list-announcements.js'
import { ReadPolicies } from './read-policies.js'

@Controller()
export class PoliciesController {
  constructor(
    private readonly reading: ReadPolicies,
    private readonly listing: ListAnnouncements,
  ) {}

  @Endpoint(identity.listPolicies)
  inForce(): Promise<ApiAnswer<typeof identity.listPolicies>> {
    return this.reading.inForce()
  }

  @Endpoint(identity.getPolicy)
  one(@Input() input: ApiInput<typeof identity.getPolicy>): Promise<ApiAnswer<typeof identity.getPolicy>> {
    return this.reading.one(input)
  }

  @Endpoint(identity.listAnnouncements)
  announcements(
    @Input() input: ApiInput<typeof identity.listAnnouncements>,
  ): Promise<ApiAnswer<typeof identity.listAnnouncements>> {
    return this.listing.execute(input)
  }
}
