import type { Audience } from '@mpics/contracts'

export const profileFields = ['fullName', 'bio', 'location', 'urls', 'messengers'] as const
export type ProfileField = (typeof profileFields)[number]
export type AudienceByField = Readonly<Record<ProfileField, Audience>>

/**
 * What the policy says "may be displayed" is shown until its owner says otherwise, and so is what people write to be read.
 * Messenger ids are a way to reach somebody: they stay among members.
 */
export const defaultVisibility: AudienceByField = {
  fullName: 'public',
  bio: 'public',
  location: 'public',
  urls: 'public',
  messengers: 'members',
}
