import type { ApiInput, profiles } from '@mpics/contracts'
import type { Page } from '@mpics/mongo'
import { UnauthenticatedError } from '@mpics/service-kit'
import { Injectable } from '@nestjs/common'
import { MyProfile } from '../profiles/my-profile.js'
import { ProfileCards } from '../viewing/profile-cards.js'
import { ProfileIncompleteError } from '../profiles/profile.errors.js'
import { ProfileRepository } from '../profiles/profile.repository.js'
import { placesLike, searchedTerms } from '../profiles/search-terms.js'
import type { Card } from '../profiles/shown-profile.js'

/** Searches public fields only; the cards show each viewer what they may see. */
@Injectable()
export class ListPhotographers {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly mine: MyProfile,
    private readonly cards: ProfileCards,
  ) {}

  async execute(
    query: ApiInput<typeof profiles.listPhotographers>['query'],
    viewerId: string | null,
  ): Promise<Page<Card>> {
    const found = {
      ...(query.q !== undefined && { terms: searchedTerms(query.q) }),
      ...(query.near === 'me' && { places: await this.placesOfViewer(viewerId) }),
    }
    const { items, nextCursor } = await this.profiles.newest(found, query)
    return { items: await this.cards.show(items, viewerId), nextCursor }
  }

  private async placesOfViewer(viewerId: string | null): Promise<string[]> {
    if (!viewerId) throw new UnauthenticatedError()
    const places = placesLike(await this.mine.of(viewerId))
    if (places.length === 0) throw new ProfileIncompleteError('location')
    return places
  }
}
