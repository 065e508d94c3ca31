import { profiles } from '@mpics/contracts'

export const OWNER = '01931f3e-0000-7000-8000-000000000001'
export const PHOTO = '01931f3e-0000-7000-8000-000000000101'
const AT = '2026-01-31T12:00:00.000Z'

const policy = (document: 'privacy' | 'terms') => ({
  document,
  version: '2015-03-14',
  publishedAt: '2015-03-14T00:00:00.000Z',
  effectiveAt: '2015-03-14T00:00:00.000Z',
  locale: 'en' as const,
  locales: ['en' as const],
  text: `# The ${document} document`,
  summary: 'In short.',
  supersedes: null,
})
export const policies = [policy('privacy'), policy('terms')]

export const session = {
  sessionId: '01931f3e-0000-7000-8000-00000000000c',
  accessToken: 'a.b.c',
  expiresIn: 600,
  refreshToken: 'r',
}

export const openSession = {
  id: '01931f3e-0000-4000-8000-00000000000d',
  device: 'Firefox on Linux',
  place: 'NL',
  openedAt: AT,
  lastSeenAt: AT,
  sharedComputer: false,
  current: true,
}

export const me = {
  id: OWNER,
  handle: 'ada',
  email: 'ada@people.example',
  emailVerified: true,
  locale: 'en' as const,
  timeZone: 'Europe/London',
  roles: ['member'],
  createdAt: AT,
  toAccept: [],
}

export const myProfile = {
  id: OWNER,
  handle: 'ada',
  ...profiles.emptyProfile,
  fullName: 'Ada Lovelace',
  createdAt: AT,
}

export const profile = {
  id: OWNER,
  handle: 'ada',
  fullName: 'Ada Lovelace',
  counts: { followers: 2, following: 1 },
  relationship: null,
  createdAt: AT,
}

export const card = { id: OWNER, handle: 'ada', fullName: 'Ada Lovelace' }

const rendition = { url: `/v1/photos/${PHOTO}/large?v=1`, width: 4, height: 3 }

export const photo = {
  id: PHOTO,
  owner: { id: OWNER },
  status: 'published' as const,
  visibility: 'public' as const,
  title: 'Harbour',
  altText: null,
  renditions: { thumb: rendition, small: rendition, large: rendition },
  placeholder: null,
  uploadedAt: AT,
  publishedAt: AT,
  description: null,
  tags: [],
  place: null,
  licence: 'all-rights-reserved' as const,
  camera: null,
  rejection: null,
  erasedAfter: null,
}

export const inventory = {
  thirdParties: [],
  categories: [{ category: 'profile', description: 'what you say about yourself' }],
  items: [
    {
      category: 'profile',
      where: 'profiles: profiles',
      about: 'the account whose id is `_id`',
      purpose: 'profile',
      retention: 'until the account is erased',
      erasure: 'erased with the account',
      recipients: ['profiles', 'chosen'],
      fields: [{ name: 'bio', classification: 'personal', description: '<i>words</i>' }],
    },
  ],
}
