import {
  decide,
  profileChanged,
  profileCreated,
  profileVisibilityChanged,
  unchanged,
  type Decision,
} from '@mpics/contracts'
import { defaultVisibility, profileFields, type ProfileField, type AudienceByField } from './visibility.js'

export interface Messenger {
  readonly network: string
  readonly id: string
}

/** What somebody tells others about themselves. */
export interface Profile {
  /** The account's id. */
  readonly id: string
  /** Copy of the account's handle, which never changes. */
  readonly handle: string
  readonly fullName: string | null
  readonly bio: string | null
  readonly location: string | null
  readonly urls: readonly string[]
  readonly messengers: readonly Messenger[]
  readonly visibility: AudienceByField
  readonly createdAt: Date
}

/** Fields that are not named stay; `null` deletes. */
export type ProfileChanges = { readonly [F in ProfileField]?: Profile[F] | null | undefined }

const emptyFields = { fullName: null, bio: null, location: null, urls: [], messengers: [] }

export function createProfile(
  registration: { accountId: string; handle: string; fullName: string | null },
  now: Date,
): Decision<Profile> {
  const { accountId: id, handle, fullName } = registration
  return decide(
    { id, handle, ...emptyFields, fullName, visibility: defaultVisibility, createdAt: now },
    profileCreated.of({ profileId: id, changedFields: fullName === null ? [] : ['fullName'] }),
  )
}

export function changeProfile(profile: Profile, changes: ProfileChanges): Decision<Profile> {
  const named = profileFields.filter((f) => changes[f] !== undefined)
  const wanted: Partial<Profile> = Object.fromEntries(named.map((f) => [f, changes[f] ?? emptyFields[f]]))
  const changedFields = named.filter((f) => !same(profile[f], wanted[f]))
  if (changedFields.length === 0) return unchanged(profile)
  return decide({ ...profile, ...wanted }, profileChanged.of({ profileId: profile.id, changedFields }))
}

export function changeVisibility(profile: Profile, visibility: AudienceByField): Decision<Profile> {
  const changedFields = profileFields.filter((f) => profile.visibility[f] !== visibility[f])
  if (changedFields.length === 0) return unchanged(profile)
  return decide({ ...profile, visibility }, profileVisibilityChanged.of({ profileId: profile.id, changedFields }))
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
