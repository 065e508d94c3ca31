import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { field, id } from '../define/field.js'
import { profileCard } from './profile.js'

const profileId = id('profile')
const handle = field(z.string().max(30), { classification: 'personal', purpose: 'profile' })

export const profileCards = defineApi({
  name: 'profileCards',
  service: 'profiles',
  method: 'POST',
  path: '/internal/profile-cards',
  summary: 'Cards by ids, as this viewer may see them (null: anonymous). Unknown ids are left out.',
  access: { services: ['gateway', 'media', 'notifications'] },
  scope: null,
  body: z.strictObject({ ids: z.array(profileId).min(1).max(500), readerId: profileId.nullable() }),
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
  params: z.strictObject({ handle }),
  answer: z.strictObject({ id: profileId }),
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
  params: z.strictObject({ id: profileId }),
  status: 204,
  problems: ['profiles.profile-not-found'],
})

export const profilePages = defineApi({
  name: 'profilePages',
  service: 'profiles',
  method: 'POST',
  path: '/internal/profile-pages',
  summary: 'Which of these profiles have a page, each by its id or its handle; asked before page views are accepted',
  access: { services: ['gateway'] },
  scope: null,
  body: z.strictObject({ ids: z.array(profileId).max(80), handles: z.array(handle).max(80) }),
  status: 200,
  answer: z.strictObject({ ids: z.array(profileId), handles: z.array(z.strictObject({ handle, id: profileId })) }),
})
