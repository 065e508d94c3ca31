import { media } from '@mpics/contracts'
import { Ids } from '@mpics/service-kit'
import { publishPhoto, uploadPhoto } from '../../src/photos/photo.js'

/** A published photo as its document, without any object. */
export function aPhoto(ownerId: string) {
  const details = media.photoDetails.parse({ tags: [], visibility: 'public' })
  const upload = { bytes: 1, contentType: 'image/jpeg' as const }
  const { state } = uploadPhoto({ id: new Ids().next(), ownerId, details, upload }, new Date())
  const size = { width: 1, height: 1, bytes: 1, contentType: 'image/jpeg' as const }
  const renditions = { thumb: size, small: size, large: size, original: size }
  const { id, ...rest } = publishPhoto(state, { placeholder: '', camera: null, renditions }, new Date()).state
  return { ...rest, _id: id, version: 1 }
}
