import { z } from 'zod'
import { defineApi, pageOf, snapshotQuery } from '../define/define-api.js'
import { id } from '../define/field.js'
import { personal } from './fields.js'

const accountId = id('account')

/** The part of a registration that belongs to the profile. Identity keeps it only until profiles has taken it. */
export const takeRegistration = defineApi({
  name: 'takeRegistration',
  service: 'identity',
  method: 'GET',
  path: '/internal/registrations/{accountId}',
  summary: 'Handle and full name of a new account; fullName is null once it was acknowledged',
  access: { services: ['profiles'] },
  scope: null,
  params: z.strictObject({ accountId }),
  answer: z.strictObject({
    accountId,
    handle: personal(z.string(), 'profile'),
    fullName: personal(z.string().nullable(), 'profile'),
  }),
  problems: ['identity.account-not-found'],
})

export const acknowledgeRegistration = defineApi({
  name: 'acknowledgeRegistration',
  service: 'identity',
  method: 'DELETE',
  path: '/internal/registrations/{accountId}/full-name',
  summary: 'profiles holds the full name now; identity forgets it. Safe to repeat.',
  access: { services: ['profiles'] },
  scope: null,
  params: z.strictObject({ accountId }),
  status: 204,
})

export const registrationSnapshot = defineApi({
  name: 'registrationSnapshot',
  service: 'identity',
  method: 'GET',
  path: '/internal/registrations',
  summary: 'The ids of all accounts, in their order: to find those that have no profile',
  access: { services: ['profiles'] },
  scope: null,
  query: z.strictObject(snapshotQuery),
  answer: pageOf(z.strictObject({ accountId })),
})
