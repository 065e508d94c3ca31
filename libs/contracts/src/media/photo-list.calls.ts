import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { named } from '../define/named.js'
import { personal, photoStatus, photoSummary, tag, technical } from './photo.js'

const summaries = pageOf(photoSummary)

export const explorePhotos = defineApi({
  name: 'explorePhotos',
  service: 'media',
  method: 'GET',
  path: '/v1/explore/photos',
  summary: 'Public photos of everybody: the latest, or the most viewed',
  access: 'anonymous',
  scope: 'photos:read',
  query: z.strictObject({
    ...pageQuery,
    sort: technical(named('PhotoOrder', z.enum(['recent', 'popular'])).default('recent')),
    tag: personal(tag.optional()),
  }),
  answer: summaries,
  problems: ['cursor-invalid'],
})

export const listProfilePhotos = defineApi({
  name: 'listProfilePhotos',
  service: 'media',
  method: 'GET',
  path: '/v1/profiles/{handle}/photos',
  summary: 'The gallery of a photographer as this viewer may see it, the latest first',
  access: 'anonymous',
  scope: 'photos:read',
  params: z.strictObject({ handle: personal(characters(1, 30)) }),
  query: z.strictObject(pageQuery),
  answer: summaries,
  problems: ['profiles.profile-not-found', 'cursor-invalid'],
})

export const listMyPhotos = defineApi({
  name: 'listMyPhotos',
  service: 'media',
  method: 'GET',
  path: '/v1/me/photos',
  summary: 'All photos of mine, the latest first; with `status=removed` the trash',
  access: 'member',
  scope: 'photos:read',
  query: z.strictObject({ ...pageQuery, status: technical(photoStatus.optional()) }),
  answer: summaries,
  problems: ['cursor-invalid'],
})
