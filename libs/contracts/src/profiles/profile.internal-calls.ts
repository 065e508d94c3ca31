import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { uuid } from '../define/field.js'
import { profileCard } from './profile.js'

export const profileCards = defineApi({
  name: 'profileCards',
  service: 'profiles',
  method: 'POST',
  path: '/internal/profile-cards',
  summary: 'Cards by ids, as this viewer may see them (null: anonymous). Unknown ids are left out.',
  access: { services: ['gateway', 'media', 'notifications'] },
  scope: null,
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
  scope: null,
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
  scope: null,
  params: z.strictObject({ id: uuid }),
  status: 204,
  problems: ['profiles.profile-not-found'],
})
