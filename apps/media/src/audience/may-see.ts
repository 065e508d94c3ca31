import type { photoStatus, photoVisibility } from '@mpics/contracts'
import type { z } from 'zod'

type Visibility = z.output<typeof photoVisibility>

/** Who looks, in relation to the photographer. */
export type Reader = 'anybody' | 'member' | 'follower' | 'owner'

const AUDIENCES: Record<Exclude<Reader, 'owner'>, readonly Visibility[]> = {
  anybody: ['public'],
  member: ['public', 'members'],
  follower: ['public', 'members', 'followers'],
}

/** The visibilities that a reader is admitted to; the one place where this is decided. */
export const admittedTo = (reader: Reader): readonly Visibility[] =>
  reader === 'owner' ? ['public', 'members', 'followers', 'me'] : AUDIENCES[reader]

/** What was removed is seen by nobody, what is unfinished or rejected by its owner. */
export function maySee(
  reader: Reader,
  photo: { status: z.output<typeof photoStatus>; visibility: Visibility },
): boolean {
  if (photo.status === 'removed') return false
  if (reader === 'owner') return true
  return photo.status === 'published' && admittedTo(reader).includes(photo.visibility)
}
