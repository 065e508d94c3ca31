import { z } from 'zod'
import type { Audience } from '../audience.js'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id, time } from '../define/field.js'
import { vocabulary } from '../define/vocabulary.js'

const photoTopic = defineTopic({ name: 'media.photo', partitions: 6, retention: days(30), publishers: ['media'] })

const PHOTO = '01931f3e-0000-7000-8000-000000000101'

const OWNER = '01931f3e-0000-7000-8000-000000000001'

export const photoVisibilities = vocabulary('photo visibility', {
  public: 'everybody',
  members: 'whoever is logged in',
  followers: 'who follow its owner',
  me: 'its owner alone',
} satisfies Record<Audience, string>)
export const photoContentTypes = vocabulary(
  'photo content type',
  { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP', 'image/avif': 'AVIF' },
  /^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/,
)
export const photoRejections = vocabulary('photo rejection', {
  'not-a-picture': 'no format that is known here',
  damaged: 'damaged or incomplete',
  'too-many-pixels': 'more than 50 megapixels',
  animated: 'more than one frame',
  'too-complex': 'takes far more work to decode than its size explains',
})
export const photoVisibility = photoVisibilities.strict
export const photoContentType = photoContentTypes.strict
export const photoRejection = photoRejections.strict

export const photoUploaded = defineEvent({
  type: 'media.photo.uploaded.v1',
  topic: photoTopic,
  summary: 'The bytes of a photo are stored; its renditions are to be made.',
  key: 'photoId',
  data: {
    photoId: id('photos'),
    ownerId: id('photos'),
    bytes: field(z.int().min(1), { classification: 'technical', purpose: 'photos' }),
    contentType: field(photoContentTypes.open, { classification: 'technical', purpose: 'photos' }),
  },
  example: { photoId: PHOTO, ownerId: OWNER, bytes: 1_234_567, contentType: 'image/jpeg' },
})

export const photoPublished = defineEvent({
  type: 'media.photo.published.v1',
  topic: photoTopic,
  summary: 'A photo is ready to be seen by those who may.',
  key: 'photoId',
  data: {
    photoId: id('photos'),
    ownerId: id('photos'),
    visibility: field(photoVisibilities.open, { classification: 'technical', purpose: 'photos' }),
    width: field(z.int().min(1), { classification: 'technical', purpose: 'photos', description: 'pixels, upright' }),
    height: field(z.int().min(1), { classification: 'technical', purpose: 'photos', description: 'pixels, upright' }),
    publishedAt: time('photos'),
  },
  example: {
    photoId: PHOTO,
    ownerId: OWNER,
    visibility: 'public',
    width: 3000,
    height: 2000,
    publishedAt: '2026-01-31T12:00:00.000Z',
  },
})

export const photoRejected = defineEvent({
  type: 'media.photo.rejected.v1',
  topic: photoTopic,
  summary: 'The bytes turned out not to be a photo that can be shown.',
  key: 'photoId',
  data: {
    photoId: id('photos'),
    ownerId: id('photos'),
    reason: field(photoRejections.open, { classification: 'technical', purpose: 'photos' }),
  },
  example: { photoId: PHOTO, ownerId: OWNER, reason: 'damaged' },
})

const changedFields = field(z.array(z.string().max(40)), {
  classification: 'technical',
  purpose: 'photos',
  description: 'names of the fields, never their values',
})

export const photoChanged = defineEvent({
  type: 'media.photo.changed.v1',
  topic: photoTopic,
  summary: 'Its owner changed what a photo says, or who may see it.',
  key: 'photoId',
  data: { photoId: id('photos'), ownerId: id('photos'), changedFields },
  example: { photoId: PHOTO, ownerId: OWNER, changedFields: ['title', 'visibility'] },
})

export const photoRemoved = defineEvent({
  type: 'media.photo.removed.v1',
  topic: photoTopic,
  summary: 'A photo was put into the trash by its owner.',
  key: 'photoId',
  data: {
    photoId: id('photos'),
    ownerId: id('photos'),
    changedFields: field(z.array(z.string().max(40)), { classification: 'technical', purpose: 'photos' }),
  },
  example: { photoId: PHOTO, ownerId: OWNER, changedFields: ['status'] },
})

export const photoRestored = defineEvent({
  type: 'media.photo.restored.v1',
  topic: photoTopic,
  summary: 'Its owner took a photo out of the trash.',
  key: 'photoId',
  data: { photoId: id('photos'), ownerId: id('photos'), changedFields },
  example: { photoId: PHOTO, ownerId: OWNER, changedFields: ['status'] },
})

export const photoErased = defineEvent({
  type: 'media.photo.erased.v1',
  topic: photoTopic,
  summary: 'A photo and its files are gone for good: 30 days after its owner removed it, or with the account.',
  key: 'photoId',
  data: { photoId: id('photos') },
  example: { photoId: PHOTO },
})
