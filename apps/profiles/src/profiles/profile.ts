import {
  type AudienceByField,
  decide,
  type Decision,
  defaultAudiences,
  emptyProfile,
  profileChanged,
  profileCreated,
  type ProfileField,
  profileFieldNames,
  type ProfileValues,
  profileVisibilityChanged,
  unchanged,
} from '@mpics/contracts'

export interface Profile extends ProfileValues {
  /** The account's id. */
  readonly id: string
  /** The account's handle, which never changes. */
  readonly handle: string
  readonly visibility: AudienceByField
  readonly createdAt: Date
}

/** Fields that are not named stay; `null` deletes. */
export type ProfileChanges = { readonly [F in ProfileField]?: Profile[F] | null | undefined }

export function createProfile(
  registration: { accountId: string; handle: string; fullName: string | null },
  now: Date,
): Decision<Profile> {
  const { accountId: id, handle, fullName } = registration
  return decide(
    { id, handle, ...emptyProfile, fullName, visibility: defaultAudiences, createdAt: now },
    profileCreated.of({ profileId: id, changedFields: fullName === null ? [] : ['fullName'] }),
  )
}

export function changeProfile(profile: Profile, changes: ProfileChanges): Decision<Profile> {
  const named = profileFieldNames.filter((f) => changes[f] !== undefined)
  const wanted: Partial<Profile> = Object.fromEntries(named.map((f) => [f, changes[f] ?? emptyProfile[f]]))
  const changedFields = named.filter((f) => !same(profile[f], wanted[f]))
  if (changedFields.length === 0) return unchanged(profile)
  return decide({ ...profile, ...wanted }, profileChanged.of({ profileId: profile.id, changedFields }))
}

export function changeVisibility(profile: Profile, visibility: AudienceByField): Decision<Profile> {
  const changedFields = profileFieldNames.filter((f) => profile.visibility[f] !== visibility[f])
  if (changedFields.length === 0) return unchanged(profile)
  return decide({ ...profile, visibility }, profileVisibilityChanged.of({ profileId: profile.id, changedFields }))
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
