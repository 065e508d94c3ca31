import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id } from '../define/field.js'
import { shownPhoto } from './photo.js'

const photoId = id('photos')
const personId = id('photos')

export const photoPage = defineApi({
  name: 'photoPage',
  service: 'media',
  method: 'GET',
  path: '/internal/photos/{id}/page',
  summary: 'Whose page it is, when this viewer may see it; asked before a page view is accepted',
  access: { services: ['gateway'] },
  scope: null,
  params: z.strictObject({ id: photoId }),
  query: z.strictObject({ readerId: personId.optional() }),
  answer: z.strictObject({ id: photoId, ownerId: personId }),
  problems: ['media.photo-not-found'],
})

export const photoPages = defineApi({
  name: 'photoPages',
  service: 'media',
  method: 'POST',
  path: '/internal/photo-pages',
  summary: 'As `photoPage`, for many photos: those that this viewer may see',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ ids: z.array(photoId).min(1).max(80), readerId: personId.nullable() }),
  status: 200,
  answer: z.strictObject({ items: z.array(z.strictObject({ id: photoId, ownerId: personId })) }),
})

export const visiblePhotos = defineApi({
  name: 'visiblePhotos',
  service: 'media',
  method: 'POST',
  path: '/internal/visible-photos',
  summary: 'Which of these photos this viewer may see; asked before the views of their pages are told',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ ids: z.array(photoId).min(1).max(80), readerId: personId.nullable() }),
  status: 200,
  answer: z.strictObject({ ids: z.array(photoId) }),
})

export const photosForVisitors = defineApi({
  name: 'photosForVisitors',
  service: 'media',
  method: 'POST',
  path: '/internal/photos-for-visitors',
  summary: 'Those of these photos that visitors may see, as they see them; asked for the pages of photos',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ ids: z.array(photoId).min(1).max(80) }),
  status: 200,
  answer: z.strictObject({ items: z.array(shownPhoto) }),
})
