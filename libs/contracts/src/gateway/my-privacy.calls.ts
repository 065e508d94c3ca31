import { z } from 'zod'
import { dataCategories } from '../define/data-category.js'
import { defineApi } from '../define/define-api.js'
import { field } from '../define/field.js'
import { heldPlace } from '../define/held-data.js'
import { named, shownAs } from '../define/named.js'
import { getMyLedger, myLedger } from '../identity/my-ledger.calls.js'

const said = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'account', description })
const calls = (example: string, description: string) => said(z.array(shownAs(z.string(), example)), description)

const heldCategory = named(
  'HeldCategory',
  z.strictObject({
    category: said(named('MyDataCategory', dataCategories.open)),
    description: said(shownAs(z.string(), 'what you say about yourself')),
    see: calls('GET /v1/me/profile', 'where I see it'),
    correct: calls('PATCH /v1/me/profile', 'where I correct or amend it'),
    erase: calls('PATCH /v1/me/profile', 'where I delete it, besides closing the account'),
    held: said(z.array(heldPlace)),
  }),
)

export const getMyPrivacy = defineApi({
  ...getMyLedger,
  name: 'getMyPrivacy',
  answer: named(
    'MyPrivacy',
    myLedger.extend({
      categories: said(z.array(heldCategory), 'all that is held about me, by category'),
      missing: said(
        z.array(shownAs(z.string(), 'media')),
        'services that could not be asked just now: what they hold is not in `categories`',
      ),
    }),
  ),
})
