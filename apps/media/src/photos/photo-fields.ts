import { aboutsOf, media } from '@mpics/contracts'
import { about, type StoredFields } from '@mpics/mongo'

const technical = about.technical('photos')
const rendition = { width: technical, height: technical, bytes: technical, contentType: technical }
const { placeholder } = aboutsOf(media.photoSummary)
const projected = about.technical('trend-analysis')

/** What a photo holds beside its bytes, and why. */
export const photoFields: StoredFields = {
  _id: about.identifier('photos'),
  ownerId: about.identifier('photos'),
  status: technical,
  statusBefore: technical,
  ...aboutsOf(media.changePhoto.body!),
  upload: { bytes: technical, contentType: technical },
  contentVersion: technical,
  inHandUntil: about.technical('photos', 'until when one replica alone makes its renditions'),
  picture: {
    placeholder,
    camera: aboutsOf(media.shownCamera),
    renditions: { thumb: rendition, small: rendition, large: rendition, original: rendition },
  },
  rejection: technical,
  uploadedAt: technical,
  publishedAt: technical,
  purgeAfter: about.technical('photos', 'when it may be erased for ever'),
  views: { total: projected, sequence: projected, suspect: projected },
  owner: { hidden: about.technical('account'), sequence: about.technical('delivery') },
}

/** What an object of the store holds. */
export const objectFields: StoredFields = {
  key: about.identifier('photos', 'its name, with the id of the photo'),
  content: about.personal('photos', 'the picture; its metadata end when the renditions are made'),
}
