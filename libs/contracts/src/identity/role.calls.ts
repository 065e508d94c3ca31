import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { roles } from '../define/roles.js'
import { lineOfText } from '../define/text.js'
import { personal, technical } from './fields.js'

const staffRole = named('StaffRole', roles.strict.exclude(['member']))
const until = time('administration', 'the first moment without the role; a contractor’s is a year ahead at most')
const reason = personal(shownAs(lineOfText(300), 'moderates from June'), 'administration', 'kept beside the grant')

const heldRoles = named(
  'HeldRoles',
  z.strictObject({
    accountId: id('account'),
    items: z.array(
      named(
        'HeldRole',
        z.strictObject({
          role: technical(shownAs(z.string(), 'moderator'), 'administration'),
          by: technical(
            shownAs(z.string().nullable(), '01931f3e-0000-7000-8000-000000000001'),
            'administration',
            'the account that granted it; `mpics:` and a name for the command line of operators',
          ),
          reason: reason.nullable(),
          since: time('administration'),
          until: until.nullable(),
        }),
      ),
    ),
  }),
)

const account = z.strictObject({ id: id('account') })

export const listRoles = defineApi({
  name: 'listRoles',
  service: 'identity',
  method: 'GET',
  path: '/v1/admin/accounts/{id}/roles',
  summary: 'The staff roles that an account holds: granted by whom, why and until when',
  access: { roles: ['operator'] },
  scope: null,
  params: account,
  answer: heldRoles,
  problems: ['identity.account-not-found'],
})

export const changeRoles = defineApi({
  name: 'changeRoles',
  service: 'identity',
  method: 'PUT',
  path: '/v1/admin/accounts/{id}/roles',
  summary:
    'Grants and takes away staff roles: afterwards the account holds those that are listed. They need a second factor; a contractor’s ends within a year. Nobody changes their own (403 `identity.own-roles`).',
  access: { roles: ['operator'] },
  proof: true,
  scope: null,
  params: account,
  body: z.strictObject({
    roles: technical(
      z
        .array(
          named(
            'RoleToHold',
            z.strictObject({
              role: technical(staffRole, 'administration'),
              until: until.nullable().default(null),
            }),
          ),
        )
        .max(Object.keys(roles.known).length)
        .refine((given) => new Set(given.map(({ role }) => role)).size === given.length, { error: 'each role once' })
        .meta({ uniqueItems: true }),
      'administration',
    ),
    reason,
  }),
  status: 200,
  answer: heldRoles,
  problems: ['identity.account-not-found', 'identity.own-roles', 'identity.factor-missing'],
})
