import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { time } from '../define/field.js'
import { documentName, open, policyVersion, technical } from './fields.js'

const policy = z.strictObject({
  document: documentName,
  version: policyVersion(),
  effectiveAt: time('administration'),
  text: open(z.string(), 'Markdown'),
  summary: open(z.string()),
  supersedes: open(z.string().nullable(), 'the version before'),
})

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
    version: open(z.string().min(1).max(32).optional()),
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
  answer: pageOf(
    z.strictObject({
      id: open(z.string()),
      document: documentName,
      version: policyVersion(),
      publishedAt: time('administration'),
      effectiveAt: time('administration'),
      summary: open(z.string()),
    }),
  ),
  problems: ['cursor-invalid'],
})
