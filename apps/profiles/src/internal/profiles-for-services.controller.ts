import { type ApiAnswer, type ApiInput, profiles } from '@mpics/contracts'
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

  @Endpoint(profiles.profileCards)
  async showCards(
    @Input() { body }: ApiInput<typeof profiles.profileCards>,
  ): Promise<ApiAnswer<typeof profiles.profileCards>> {
    return { items: await this.cards.of([...new Set(body.ids)], body.readerId) }
  }

  @Endpoint(profiles.resolveHandle)
  async resolve(
    @Input() { params }: ApiInput<typeof profiles.resolveHandle>,
  ): Promise<ApiAnswer<typeof profiles.resolveHandle>> {
    return { id: await this.profiles.idOf(params.handle) }
  }

  @Endpoint(profiles.profileExists)
  async exists(@Input() { params }: ApiInput<typeof profiles.profileExists>): Promise<void> {
    if (!(await this.profiles.exists(params.id))) throw new ProfileNotFoundError()
  }

  @Endpoint(profiles.profilePages)
  async pages(
    @Input() { body }: ApiInput<typeof profiles.profilePages>,
  ): Promise<ApiAnswer<typeof profiles.profilePages>> {
    const [ids, byHandle] = [new Set(body.ids), await this.profiles.idsOf(body.handles)]
    return {
      ids: await this.profiles.shownAmong([...ids]),
      handles: [...byHandle].map(([handle, id]) => ({ handle, id })),
    }
  }
}
