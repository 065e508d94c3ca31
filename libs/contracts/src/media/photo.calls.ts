import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { field, id } from '../define/field.js'
import { named } from '../define/named.js'
import { wholeNumber } from '../define/query.js'
import { personal, photoChanges, photoDetails, photoParams, renditionName, shownPhoto, technical } from './photo.js'

export const uploadPhoto = defineApi({
  name: 'uploadPhoto',
  service: 'media',
  method: 'POST',
  path: '/v1/photos',
  summary: 'Uploads a JPEG, PNG, WebP or AVIF of at most 40 MB and 50 megapixels; its renditions follow in a moment',
  access: 'member',
  scope: 'photos:write',
  bodyType: 'multipart/form-data',
  body: photoDetails.extend({ file: personal(z.file(), 'the picture') }),
  status: 202,
  answer: named('NewPhoto', z.strictObject({ id: id('photos'), status: technical(z.literal('processing')) })),
  location: '/v1/photos/{id}',
  problems: [
    'media.file-missing',
    'media.form-malformed',
    'media.unsupported-type',
    'media.too-large',
    'media.too-many-pixels',
    'media.animated',
    'media.damaged',
    'media.too-complex',
    'media.quota-exceeded',
    'media.too-many-uploads',
    'media.upload-too-slow',
    'media.decoders-busy',
    'media.storage-unavailable',
  ],
  idempotent: true,
})

export const getPhoto = defineApi({
  name: 'getPhoto',
  service: 'media',
  method: 'GET',
  path: '/v1/photos/{id}',
  summary: 'A photo, if this viewer may see it; its owner also sees it while it is processed, rejected or removed',
  access: 'anonymous',
  scope: 'photos:read',
  params: photoParams,
  answer: shownPhoto,
  problems: ['media.photo-not-found'],
  page: '/photos/{id}',
})

export const getRendition = defineApi({
  name: 'getRendition',
  service: 'media',
  method: 'GET',
  path: '/v1/photos/{id}/{rendition}',
  summary: 'The bytes of a rendition; whether this viewer may see the photo is asked each time, for signed links too',
  access: 'anonymous',
  scope: 'photos:read',
  params: z.strictObject({ id: id('photos'), rendition: technical(renditionName) }),
  query: z.strictObject({
    v: technical(wholeNumber(1).optional(), 'version of the content'),
    reader: field(z.uuid().optional(), {
      classification: 'identifier',
      purpose: 'photos',
      description: 'to whom a signed link was given',
    }),
    session: field(z.uuid().optional(), {
      classification: 'identifier',
      purpose: 'security',
      description: 'for which session a signed link was made; it ends with it',
    }),
    expires: technical(wholeNumber(0).optional(), 'of a signed link, in seconds since 1970'),
    signature: field(characters(0, 64).optional(), { classification: 'secret', purpose: 'photos' }),
  }),
  // the last one for clients that know bytes alone
  answerTypes: ['image/jpeg', 'image/png', 'image/webp', 'application/octet-stream'],
  problems: ['media.photo-not-found', 'media.link-expired', 'media.range-not-satisfiable', 'media.storage-unavailable'],
})

export const changePhoto = defineApi({
  name: 'changePhoto',
  service: 'media',
  method: 'PATCH',
  path: '/v1/photos/{id}',
  summary: 'Corrects, adds or (with null) deletes what the owner said about a photo; takes If-Match',
  access: 'member',
  scope: 'photos:write',
  params: photoParams,
  body: photoChanges,
  status: 200,
  answer: shownPhoto,
  problems: ['media.photo-not-found', 'forbidden', 'precondition-failed'],
})

export const removePhoto = defineApi({
  name: 'removePhoto',
  service: 'media',
  method: 'DELETE',
  path: '/v1/photos/{id}',
  summary: 'Puts a photo into the trash: hidden at once, gone for ever after 30 days. Safe to repeat; takes If-Match',
  access: 'member',
  scope: 'photos:write',
  params: photoParams,
  problems: ['media.photo-not-found', 'forbidden', 'precondition-failed'],
})

export const restorePhoto = defineApi({
  name: 'restorePhoto',
  service: 'media',
  method: 'POST',
  path: '/v1/photos/{id}/restoration',
  summary: 'Takes a photo out of the trash; safe to repeat as it is',
  access: 'member',
  scope: 'photos:write',
  params: photoParams,
  status: 200,
  answer: shownPhoto,
  problems: ['media.photo-not-found'],
})
