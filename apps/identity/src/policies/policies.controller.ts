import { type ApiAnswer, type ApiInput, getPolicy, listAnnouncements, listPolicies } from '@mpics/contracts'
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

  @Endpoint(listPolicies)
  inForce(): Promise<ApiAnswer<typeof listPolicies>> {
    return this.reading.inForce()
  }

  @Endpoint(getPolicy)
  one(@Input() input: ApiInput<typeof getPolicy>): Promise<ApiAnswer<typeof getPolicy>> {
    return this.reading.one(input)
  }

  @Endpoint(listAnnouncements)
  announcements(@Input() input: ApiInput<typeof listAnnouncements>): Promise<ApiAnswer<typeof listAnnouncements>> {
    return this.listing.execute(input)
  }
}
