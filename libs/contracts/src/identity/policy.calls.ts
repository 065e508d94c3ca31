import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { field, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { documentName, language, open, policyVersion, technical } from './fields.js'

const policySummary = open(shownAs(z.string(), 'Says what is held, and why.'))
const localeOfTexts = open(language, 'the language of the texts')
/** Of whatever language: what is not spoken here is answered in English. */
const LANGUAGE_TAG = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/

const locale = {
  locale: technical(
    shownAs(characters(1, 35, z.string().regex(LANGUAGE_TAG, { error: 'a language, such as de or en-GB' })), 'de'),
    'administration',
    'BCP 47 tag of the language of the texts; without it `Accept-Language` decides, and English where a text is in no other',
  ).optional(),
}

export const policy = named(
  'Policy',
  z.strictObject({
    document: documentName,
    version: policyVersion(),
    publishedAt: time('administration'),
    effectiveAt: time('administration'),
    locale: localeOfTexts,
    locales: open(z.array(language), 'the languages in which there are texts'),
    text: open(shownAs(z.string(), '# Privacy policy\n\nWe …'), 'Markdown, in which HTML is no markup but text'),
    summary: policySummary,
    supersedes: open(shownAs(z.string().nullable(), null), 'the version before'),
  }),
)

const announcement = named(
  'Announcement',
  z.strictObject({
    id: open(shownAs(z.string(), 'privacy-2015-03-14')),
    document: documentName,
    version: policyVersion(),
    publishedAt: time('administration'),
    effectiveAt: time('administration'),
    locale: localeOfTexts,
    summary: policySummary,
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
  query: z.strictObject(locale),
  answer: pageOf(policy),
})

const someVersion = open(shownAs(characters(1, 32), '2015-03-14'))

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
    version: someVersion.optional(),
    ...locale,
  }),
  answer: policy,
  problems: ['identity.policy-not-found'],
})

const policyDiff = named(
  'PolicyDiff',
  z.strictObject({
    document: documentName,
    from: policyVersion(),
    to: policyVersion(),
    locale: localeOfTexts,
    changes: z.array(
      named(
        'PolicyChange',
        z.strictObject({
          kind: field(named('PolicyChangeKind', z.enum(['same', 'removed', 'added'])), {
            classification: 'public',
            purpose: 'administration',
          }),
          text: open(shownAs(z.string(), 'We keep '), 'Markdown'),
        }),
      ),
    ),
  }),
)

export const diffPolicies = defineApi({
  name: 'diffPolicies',
  service: 'identity',
  method: 'GET',
  path: '/v1/policies/{document}/diff',
  summary:
    'What differs between two versions of a document, word by word. The parts that are not `added` make the text of `from`, those that are not `removed` that of `to`.',
  access: 'anonymous',
  scope: 'site:read',
  params: z.strictObject({ document: documentName }),
  query: z.strictObject({ from: someVersion, to: someVersion, ...locale }),
  answer: policyDiff,
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
  query: z.strictObject({ ...pageQuery, ...locale }),
  answer: pageOf(announcement),
  problems: ['cursor-invalid'],
})
