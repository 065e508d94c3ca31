import { type ApiAnswer, isBlank, maySee, profiles, type ViewerRelation } from '@mpics/contracts'
import type { z } from 'zod'
import type { Profile } from './profile.js'

export type ShownProfile = ApiAnswer<typeof profiles.getProfile>
export type MyProfile = ApiAnswer<typeof profiles.getMyProfile>
export type Card = z.input<typeof profiles.profileCard>
export interface Relations {
  counts: ShownProfile['counts']
  relationship: ShownProfile['relationship']
}

/** As much of a profile as a card needs. */
export type CardSource = Pick<Profile, 'id' | 'handle' | 'fullName' | 'visibility'>

/** Earlier releases took names that nobody can see. */
const isEmpty = (value: Profile[profiles.ProfileField]) =>
  value === null || value.length === 0 || (typeof value === 'string' && isBlank(value))
const shows = (profile: Pick<Profile, 'visibility'>, field: profiles.ProfileField, relation: ViewerRelation) =>
  maySee(relation, profile.visibility[field])

const valuesOf = (profile: Profile, fields: readonly profiles.ProfileField[]) =>
  Object.fromEntries(fields.map((f) => [f, profile[f]]))

/** Shows a profile to anybody: visitors, members, followers, its owner, previews. There is no other way to it. */
export function showProfile(profile: Profile, relation: ViewerRelation, relations: Relations): ShownProfile {
  const shown = profiles.profileFieldNames.filter((f) => shows(profile, f, relation) && !isEmpty(profile[f]))
  return {
    id: profile.id,
    handle: profile.handle,
    ...valuesOf(profile, shown),
    ...relations,
    createdAt: profile.createdAt.toISOString(),
  }
}

/** Stands beside a photo, in lists and in mails. */
export const showCard = (profile: CardSource, relation: ViewerRelation): Card => ({
  id: profile.id,
  handle: profile.handle,
  fullName: shows(profile, 'fullName', relation) && !isEmpty(profile.fullName) ? profile.fullName : null,
})

/** Shows its owner every field, filled in or not. */
export const showMyProfile = (profile: Profile): MyProfile => ({
  id: profile.id,
  handle: profile.handle,
  ...(valuesOf(profile, profiles.profileFieldNames) as Pick<MyProfile, profiles.ProfileField>),
  createdAt: profile.createdAt.toISOString(),
})
