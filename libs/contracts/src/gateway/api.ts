import { serviceApis } from '../api-catalogue.js'
import { defineApi, type ApiDefinition } from '../define-api.js'
import { field } from '../field.js'
import { getMe } from '../identity/api.js'
import { myProfile } from '../profiles/api.js'
import { recordPageView } from '../traffic/api.js'

/** My account as identity knows it, and the name that profiles keeps. */
export const getMyAccount = defineApi({
  ...getMe,
  name: 'getMyAccount',
  answer: getMe.answer!.extend({
    fullName: field(myProfile.shape.fullName, {
      classification: 'personal',
      purpose: 'profile',
      description: 'null too while it cannot be asked for',
    }),
  }),
})

const composed: readonly ApiDefinition[] = [getMyAccount]
const addressOf = ({ method, path }: ApiDefinition) => `${method} ${path}`
const replaced = new Set(composed.map(addressOf))

/** Everything that the edge serves: the services’ calls, some of them composed of several, and its own. */
export const publicApis: readonly ApiDefinition[] = [
  ...serviceApis.filter((api) => !replaced.has(addressOf(api))),
  ...composed,
  recordPageView,
]
