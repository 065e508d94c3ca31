/** Who may see a field, from widest to narrowest. */
export const audiences = ['public', 'members', 'followers', 'me'] as const
export type Audience = (typeof audiences)[number]

/** Who is reading, from farthest to nearest; each sees what those before it see. */
export const readers = ['visitor', 'member', 'follower', 'owner'] as const
export type Reader = (typeof readers)[number]

export const profileFields = ['fullName', 'bio', 'location', 'urls', 'messengers'] as const
export type ProfileField = (typeof profileFields)[number]
export type Visibility = Readonly<Record<ProfileField, Audience>>

/**
 * What the policy says "may be displayed" is shown until its owner says otherwise, and so is what people write to be read.
 * Messenger ids are a way to reach somebody: they stay among members.
 */
export const defaultVisibility: Visibility = {
  fullName: 'public',
  bio: 'public',
  location: 'public',
  urls: 'public',
  messengers: 'members',
}

export const maySee = (reader: Reader, audience: Audience): boolean =>
  readers.indexOf(reader) >= audiences.indexOf(audience)
