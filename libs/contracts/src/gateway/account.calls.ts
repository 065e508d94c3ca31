import { defineApi } from '../define/define-api.js'
import { field } from '../define/field.js'
import { named } from '../define/named.js'
import { getMe } from '../identity/account.calls.js'
import { myProfile } from '../profiles/profile.js'

/** My account as identity knows it, and the name that profiles keeps. */
export const getMyAccount = defineApi({
  ...getMe,
  name: 'getMyAccount',
  answer: named(
    'MyAccount',
    getMe.answer!.extend({
      fullName: field(myProfile.shape.fullName, {
        classification: 'personal',
        purpose: 'profile',
        description: 'null too while it cannot be asked for',
      }),
    }),
  ),
})
