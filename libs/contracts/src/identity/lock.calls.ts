import { z } from 'zod'
import { characters } from '../define/characters.js'
import { type Access, defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { lockReasons } from './account-life.events.js'
import { oneTimeToken, personal, technical } from './fields.js'

const params = z.strictObject({ id: id('account') })
const access: Access = { roles: ['operator', 'support'] }
const path = '/v1/admin/accounts/{id}/lock'
const problems = ['identity.account-not-found'] as const

const lockReason = named('LockReason', lockReasons.strict)
const note = personal(
  shownAs(characters(1, 500), 'Reported by a teacher').optional(),
  'administration',
  'what led to it, for the staff who see the lock',
)
const by = z.uuid().nullable()

const lockedAccount = named(
  'AccountLock',
  z.strictObject({
    lock: named(
      'Lock',
      z.strictObject({
        reason: technical(lockReasons.open, 'administration'),
        by: personal(by, 'administration', 'null: an operator at the command line'),
        at: time('administration'),
        objectedAt: time('administration').nullable(),
        approvedBy: personal(by, 'administration'),
        dueAt: time('administration', 'from then on the account is erased; null: it is not').nullable(),
      }),
    ).nullable(),
    entries: z.array(
      named(
        'LockEntry',
        z.strictObject({
          act: technical(named('LockAct', z.enum(['locked', 'unlocked', 'approved', 'objected'])), 'administration'),
          reason: technical(lockReasons.open, 'administration'),
          note: note.nullable(),
          by: personal(by, 'administration', 'null: its owner’s objection, or an operator at the command line'),
          at: time('administration'),
        }),
      ),
    ),
  }),
)

export const getAccountLock = defineApi({
  name: 'getAccountLock',
  service: 'identity',
  method: 'GET',
  path,
  summary: 'Whether an account is locked, and everything that was done about it: who, when and why, the latest last',
  access,
  scope: null,
  params,
  answer: lockedAccount,
  problems,
})

export const lockAccount = defineApi({
  name: 'lockAccount',
  service: 'identity',
  method: 'POST',
  path,
  summary:
    'Locks an account at once: its sessions end, nobody sees it, and its owner is told with a link to object. For `under-age` it is erased once a second person agrees, or after 7 days if its owner has not objected, now or to an earlier lock.',
  access,
  proof: true,
  scope: null,
  params,
  body: z.strictObject({ reason: technical(lockReason, 'administration'), note }),
  status: 200,
  answer: lockedAccount,
  problems: [...problems, 'identity.own-lock'],
})

export const unlockAccount = defineApi({
  name: 'unlockAccount',
  service: 'identity',
  method: 'POST',
  path: '/v1/admin/accounts/{id}/unlock',
  summary: 'Takes the lock away: all is as it was, and its owner is told.',
  access,
  proof: true,
  scope: null,
  params,
  body: z.strictObject({ note }).default({}),
  status: 200,
  answer: lockedAccount,
  problems: [...problems, 'identity.own-lock'],
})

export const approveLock = defineApi({
  name: 'approveLock',
  service: 'identity',
  method: 'POST',
  path: `${path}/approval`,
  summary:
    'Agrees, as a second person, that an account locked for `under-age` is erased. Refused for a lock from the command line, which names no account that the second person could differ from.',
  access,
  proof: true,
  scope: null,
  params,
  body: z.strictObject({ note }).default({}),
  status: 200,
  answer: lockedAccount,
  problems: [...problems, 'identity.own-lock', 'identity.lock-not-for-erasure'],
})

export const objectToLock = defineApi({
  name: 'objectToLock',
  service: 'identity',
  method: 'POST',
  path: `${path}/objection`,
  summary:
    'Objects to the lock with the token of the mail that told of it; the account is then not erased without staff.',
  access: 'anonymous',
  scope: null,
  params,
  body: z.strictObject({ token: oneTimeToken }),
  problems: ['identity.link-expired'],
})
