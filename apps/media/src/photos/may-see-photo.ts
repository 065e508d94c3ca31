import { maySee, type ViewerRelation } from '@mpics/contracts'
import type { Photo } from './photo.js'

/** Nobody sees a removed photo, nor one of an account that is locked or being closed, and only its owner one that is unfinished or rejected. */
export function maySeePhoto(relation: ViewerRelation, photo: Pick<Photo, 'status' | 'visibility' | 'owner'>): boolean {
  if (photo.status === 'removed' || photo.owner?.hidden) return false
  return photo.status === 'published' ? maySee(relation, photo.visibility) : relation === 'owner'
}
