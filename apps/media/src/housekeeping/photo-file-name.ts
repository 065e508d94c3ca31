import { endingOf, safeName } from '@mpics/rights'
import type { Photo } from '../photos/photo.js'

/** Where an export has the original of a photo; null where there is none any more. */
export function photoFileName({ id, title, picture, upload, rejection }: Photo): string | null {
  if (!picture && rejection) return null
  const type = (picture?.renditions.original ?? upload).contentType
  const name = safeName(title ?? '')
  return `photos/${id}${name && `-${name}`}${endingOf(type)}`
}
