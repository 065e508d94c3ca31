import { z } from 'zod'
import { defineApi, pageOf, snapshotQuery } from '../define-api.js'
import { field, id, uuid } from '../field.js'

/** What may be shown of a person beside their photo, follow or comment, to one reader. */
export const profileCard = z.strictObject({
  id: id('profile'),
  handle: field(z.string(), { classification: 'personal', purpose: 'profile' }),
  fullName: field(z.string().nullable(), {
    classification: 'personal',
    purpose: 'profile',
    description: 'null when there is none or this reader may not see it',
  }),
})

export const profileCards = defineApi({
  name: 'profileCards',
  service: 'profiles',
  method: 'POST',
  path: '/internal/profile-cards',
  summary: 'Cards by ids, as this reader may see them (null: anonymous). Unknown ids are left out.',
  access: { services: ['gateway', 'media', 'notifications', 'identity'] },
  body: z.strictObject({ ids: z.array(uuid).min(1).max(500), readerId: uuid.nullable() }),
  status: 200,
  answer: z.strictObject({ items: z.array(profileCard) }),
})

export const resolveHandle = defineApi({
  name: 'resolveHandle',
  service: 'profiles',
  method: 'GET',
  path: '/internal/handles/{handle}',
  summary: 'The profile that has this handle',
  access: { services: ['gateway', 'notifications', 'media'] },
  params: z.strictObject({ handle: z.string().max(30) }),
  answer: z.strictObject({ id: uuid }),
  problems: ['profiles.profile-not-found'],
})

export const profileExists = defineApi({
  name: 'profileExists',
  service: 'profiles',
  method: 'GET',
  path: '/internal/profiles/{id}/existence',
  summary: 'Whether a profile page exists (204, else 404)',
  access: { services: ['gateway'] },
  params: z.strictObject({ id: uuid }),
  status: 204,
  problems: ['profiles.profile-not-found'],
})

export const followSnapshot = defineApi({
  name: 'followSnapshot',
  service: 'profiles',
  method: 'GET',
  path: '/internal/follows',
  summary: 'Every pair that follows or once did, by id, with the sequence of its last event: to make a copy anew',
  access: { services: ['media'] },
  query: z.strictObject(snapshotQuery),
  answer: pageOf(z.strictObject({ followerId: uuid, followedId: uuid, active: z.boolean(), sequence: z.int().min(1) })),
})
