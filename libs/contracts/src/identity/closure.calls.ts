import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { time } from '../define/field.js'
import { named } from '../define/named.js'

export const closeMyAccount = defineApi({
  name: 'closeMyAccount',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/me',
  summary:
    'Closes my account. Every session ends at once, and nobody else sees my profile, photos and follows any more. For 7 days I can log in and restore it; then it is erased. One whose address is not verified is erased at once.',
  access: 'member',
  unverified: true,
  proof: true,
  scope: null,
  status: 202,
  answer: named('Closure', z.strictObject({ erasesAt: time('account', 'from then on nobody can restore it') })),
  problems: ['identity.account-locked'],
})

export const restoreMyAccount = defineApi({
  name: 'restoreMyAccount',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/restoration',
  summary:
    'Takes the closing of my account back: all is as it was. Refresh the session afterwards, since an access token from before still opens nothing else.',
  access: 'member',
  closing: true,
  scope: null,
  problems: ['identity.account-not-found'],
})
