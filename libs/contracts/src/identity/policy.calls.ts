import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { documentName, open, policyVersion, technical } from './fields.js'

const policy = named(
  'Policy',
  z.strictObject({
    document: documentName,
    version: policyVersion(),
    effectiveAt: time('administration'),
    text: open(shownAs(z.string(), '# Privacy policy\n\nWe …'), 'Markdown'),
    summary: open(shownAs(z.string(), 'Says what is held, and why.')),
    supersedes: open(shownAs(z.string().nullable(), null), 'the version before'),
  }),
)

const announcement = named(
  'Announcement',
  z.strictObject({
    id: open(shownAs(z.string(), 'privacy:2015-03-14')),
    document: documentName,
    version: policyVersion(),
    publishedAt: time('administration'),
    effectiveAt: time('administration'),
    summary: open(shownAs(z.string(), 'Says what is held, and why.')),
  }),
)

export const listPolicies = defineApi({
  name: 'listPolicies',
  service: 'identity',
  method: 'GET',
  path: '/v1/policies',
  summary: 'The documents in force',
  access: 'anonymous',
  scope: 'site:read',
  answer: pageOf(policy),
})

export const getPolicy = defineApi({
  name: 'getPolicy',
  service: 'identity',
  method: 'GET',
  path: '/v1/policies/{document}',
  summary: 'One document: as in force now, as it was at a time, or in one version',
  access: 'anonymous',
  scope: 'site:read',
  params: z.strictObject({ document: documentName }),
  query: z.strictObject({
    at: technical(
      z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
      'administration',
      'a time, or a day in UTC as of its end',
    ),
    version: open(shownAs(characters(1, 32), '2015-03-14').optional()),
  }),
  answer: policy,
  problems: ['identity.policy-not-found'],
})

export const listAnnouncements = defineApi({
  name: 'listAnnouncements',
  service: 'identity',
  method: 'GET',
  path: '/v1/announcements',
  summary: 'What was published, newest first; visible to everybody from that moment',
  access: 'anonymous',
  scope: 'site:read',
  query: z.strictObject(pageQuery),
  answer: pageOf(announcement),
  problems: ['cursor-invalid'],
})
