import { type ApiAnswer, type ApiInput, profileCards, profileExists, resolveHandle } from '@mpics/contracts'
import { Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { ProfileCards } from '../viewing/profile-cards.js'
import { ProfileNotFoundError } from '../profiles/profile.errors.js'
import { ProfileRepository } from '../profiles/profile.repository.js'

/** Other services ask at the moment of use: a projection would outlive a change of audience. */
@Controller()
export class ProfilesForServicesController {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly cards: ProfileCards,
  ) {}

  @Endpoint(profileCards)
  async showCards(@Input() { body }: ApiInput<typeof profileCards>): Promise<ApiAnswer<typeof profileCards>> {
    return { items: await this.cards.of([...new Set(body.ids)], body.readerId) }
  }

  @Endpoint(resolveHandle)
  async resolve(@Input() { params }: ApiInput<typeof resolveHandle>): Promise<ApiAnswer<typeof resolveHandle>> {
    const { id } = await this.profiles.getByHandle(params.handle)
    return { id }
  }

  @Endpoint(profileExists)
  async exists(@Input() { params }: ApiInput<typeof profileExists>): Promise<void> {
    if (!(await this.profiles.exists(params.id))) throw new ProfileNotFoundError()
  }
}
