import { decide, type Decision, profiles, unchanged } from '@mpics/contracts'

export interface Profile extends profiles.ProfileValues {
  /** The account's id. */
  readonly id: string
  /** The account's handle, which never changes. */
  readonly handle: string
  readonly visibility: profiles.AudienceByField
  readonly createdAt: Date
}

/** Fields that are not named stay; `null` deletes. */
export type ProfileChanges = { readonly [F in profiles.ProfileField]?: Profile[F] | null | undefined }

export function createProfile(
  registration: { accountId: string; handle: string; fullName: string | null },
  now: Date,
): Decision<Profile> {
  const { accountId: id, handle, fullName } = registration
  return decide(
    { id, handle, ...profiles.emptyProfile, fullName, visibility: profiles.defaultAudiences, createdAt: now },
    profiles.profileCreated.of({ profileId: id, changedFields: fullName === null ? [] : ['fullName'] }),
  )
}

export function changeProfile(profile: Profile, changes: ProfileChanges): Decision<Profile> {
  const named = profiles.profileFieldNames.filter((f) => changes[f] !== undefined)
  const wanted: Partial<Profile> = Object.fromEntries(named.map((f) => [f, changes[f] ?? profiles.emptyProfile[f]]))
  const changedFields = named.filter((f) => !same(profile[f], wanted[f]))
  if (changedFields.length === 0) return unchanged(profile)
  return decide({ ...profile, ...wanted }, profiles.profileChanged.of({ profileId: profile.id, changedFields }))
}

export function changeVisibility(profile: Profile, visibility: profiles.AudienceByField): Decision<Profile> {
  const changedFields = profiles.profileFieldNames.filter((f) => profile.visibility[f] !== visibility[f])
  if (changedFields.length === 0) return unchanged(profile)
  return decide(
    { ...profile, visibility },
    profiles.profileVisibilityChanged.of({ profileId: profile.id, changedFields }),
  )
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
