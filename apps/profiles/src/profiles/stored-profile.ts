import { audienceOf, profiles } from '@mpics/contracts'
import type { StoredState } from '@mpics/eventing'
import type { Profile } from './profile.js'

/** A profile with the terms that a search finds it by; every save derives them anew. */
export interface StoredProfile extends Profile {
  handleKey: string
  terms: string[]
  place: string | null
}

export const keyOf = (handle: string) => handle.toLowerCase()

/** A field that was added after the profile was stored is empty, and shown to nobody but its owner. */
export function completeProfile(stored: StoredState<StoredProfile>): StoredProfile {
  const { id, handle, handleKey, createdAt, terms, place } = stored as StoredProfile
  const values = profiles.forEachField((name) => stored[name] ?? profiles.emptyProfile[name]) as Pick<
    Profile,
    profiles.ProfileField
  >
  return { id, handle, handleKey, ...values, visibility: completeAudiences(stored.visibility), createdAt, terms, place }
}

export const completeAudiences = (stored: Partial<profiles.AudienceByField> = {}): profiles.AudienceByField =>
  profiles.forEachField((name) => audienceOf(stored[name]))
