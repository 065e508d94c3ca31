import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { field, time } from '../define/field.js'
import { named } from '../define/named.js'
import { vocabulary } from '../define/vocabulary.js'
import { documentName, policyVersion, technical } from './fields.js'

export const acceptancePlaces = vocabulary('place of an acceptance', {
  registration: 'the form with which the account was made',
  visit: 'a later visit, after the versions were shown',
})

const acceptance = named(
  'Acceptance',
  z.strictObject({
    document: documentName,
    version: policyVersion(),
    acceptedAt: time('consent'),
    where: field(acceptancePlaces.open, { classification: 'personal', purpose: 'consent' }),
  }),
)

/** A document whose version in force the person has not accepted yet. Nothing is locked by that. */
export const toAccept = technical(
  z.array(
    named(
      'PolicyToAccept',
      z.strictObject({ document: documentName, version: policyVersion(), effectiveAt: time('administration') }),
    ),
  ),
  'consent',
  'documents in force that I have not accepted: show them and ask. Nothing is closed to me meanwhile',
)

export const listAcceptances = defineApi({
  name: 'listAcceptances',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/acceptances',
  summary: 'Which versions of the Terms and the privacy policy I accepted, when and where; newest first',
  access: 'member',
  scope: 'account:read',
  query: z.strictObject(pageQuery),
  answer: pageOf(acceptance),
  problems: ['cursor-invalid'],
})

export const acceptPolicies = defineApi({
  name: 'acceptPolicies',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/acceptances',
  summary:
    'Accepts the documents in force. The body names the versions that were shown; where another is in force by now, nothing is accepted (409 `identity.policy-outdated`). Safe to repeat.',
  access: 'member',
  scope: null,
  body: z
    .strictObject({
      terms: policyVersion('version of the Terms that was shown').optional(),
      privacy: policyVersion('version of the privacy policy that was shown').optional(),
    })
    .refine((shown) => Object.values(shown).some((version) => version !== undefined), {
      error: 'terms, privacy or both',
    })
    .meta({ minProperties: 1, examples: [{ terms: '2015-03-14', privacy: '2015-03-14' }] }),
  status: 200,
  answer: named('Acceptances', z.strictObject({ items: z.array(acceptance), toAccept })),
  problems: ['identity.policy-outdated'],
})
