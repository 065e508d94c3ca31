import type { ViewerRelation } from '@mpics/contracts'

/** `viewerId`: null for a visitor. */
export function relationTo(ownerId: string, viewerId: string | null, follows: boolean): ViewerRelation {
  if (viewerId === null) return 'visitor'
  if (viewerId === ownerId) return 'owner'
  return follows ? 'follower' : 'member'
}
