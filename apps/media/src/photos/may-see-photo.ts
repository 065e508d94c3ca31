import { maySee, type ViewerRelation } from '@mpics/contracts'
import type { Photo } from './photo.js'

/** Nobody sees a removed photo, and only its owner one that is unfinished or rejected. */
export function maySeePhoto(relation: ViewerRelation, photo: Pick<Photo, 'status' | 'visibility'>): boolean {
  if (photo.status === 'removed') return false
  return photo.status === 'published' ? maySee(relation, photo.visibility) : relation === 'owner'
}
