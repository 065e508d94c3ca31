import {
  type ApiAnswer,
  type getMyProfile,
  type getProfile,
  maySee,
  type profileCard,
  type ViewerRelation,
} from '@mpics/contracts'
import type { z } from 'zod'
import type { Profile } from './profile.js'
import { profileFields, type ProfileField } from './visibility.js'

export type ShownProfile = ApiAnswer<typeof getProfile>
export type MyProfile = ApiAnswer<typeof getMyProfile>
export type Card = z.input<typeof profileCard>
export interface Relations {
  counts: ShownProfile['counts']
  relationship: ShownProfile['relationship']
}

/** As much of a profile as a card needs. */
export type CardSource = Pick<Profile, 'id' | 'handle' | 'fullName' | 'visibility'>

const isEmpty = (value: Profile[ProfileField]) => value === null || value.length === 0
const shows = (profile: Pick<Profile, 'visibility'>, field: ProfileField, relation: ViewerRelation) =>
  maySee(relation, profile.visibility[field])

/** The one way in which a profile is shown to anybody: visitors, members, followers, its owner, previews. */
export function showProfile(profile: Profile, relation: ViewerRelation, relations: Relations): ShownProfile {
  const shown = profileFields.filter((f) => shows(profile, f, relation) && !isEmpty(profile[f]))
  return {
    id: profile.id,
    handle: profile.handle,
    ...Object.fromEntries(shown.map((f) => [f, profile[f]])),
    ...relations,
    createdAt: profile.createdAt.toISOString(),
  }
}

/** What stands beside a photo, in lists and in mails. */
export const showCard = (profile: CardSource, relation: ViewerRelation): Card => ({
  id: profile.id,
  handle: profile.handle,
  fullName: shows(profile, 'fullName', relation) ? profile.fullName : null,
})

/** What only the owner reads: every field, filled in or not. */
export const showMyProfile = (profile: Profile): MyProfile => ({
  id: profile.id,
  handle: profile.handle,
  fullName: profile.fullName,
  bio: profile.bio,
  location: profile.location,
  urls: [...profile.urls],
  messengers: profile.messengers.map(({ network, id }) => ({ network, id })),
  createdAt: profile.createdAt.toISOString(),
})
