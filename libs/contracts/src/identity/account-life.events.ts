import { z } from 'zod'
import { defineEvent } from '../define/define-event.js'
import { field, id, time } from '../define/field.js'
import { vocabulary } from '../define/vocabulary.js'
import { accountTopic } from './account.events.js'
import { ACCOUNT, AT } from './examples.js'

/** Why staff locks an account. */
export const lockReasons = vocabulary('lock reason', {
  'under-age': 'its owner is under 13; the account is erased once a second person agrees, or nobody objects for 7 days',
  abuse: 'it breaks the Terms',
  security: 'somebody else may be using it',
})
const reason = field(lockReasons.open, { classification: 'technical', purpose: 'administration' })

/** The whole of it, so that whoever hears the latest of these events needs no earlier one. */
const hidden = field(z.boolean(), {
  classification: 'technical',
  purpose: 'account',
  description: 'from now on nobody else may see what belongs to the account; false: they may again',
})

/** A restored service has lost the fact, and others with it; whom it concerns was told when it happened. */
const again = field(z.boolean().optional(), {
  classification: 'technical',
  purpose: 'account',
  description:
    'true: it happened before a restore, which had lost it, and is told again; nobody is mailed a second time',
})

export const accountLocked = defineEvent({
  type: 'identity.account.locked.v1',
  topic: accountTopic,
  summary: 'Staff locked the account; nobody sees it, and its owner cannot log in.',
  key: 'accountId',
  data: { accountId: id('account'), reason, lockId: id('administration'), hidden },
  example: { accountId: ACCOUNT, reason: 'under-age', lockId: '01931f3e-0000-7000-8000-00000000000c', hidden: true },
})

export const accountUnlocked = defineEvent({
  type: 'identity.account.unlocked.v1',
  topic: accountTopic,
  summary: 'Staff took the lock away.',
  key: 'accountId',
  data: { accountId: id('account'), reason, hidden, again },
  example: { accountId: ACCOUNT, reason: 'under-age', hidden: false, again: false },
})

export const closureRequested = defineEvent({
  type: 'identity.account.closure-requested.v1',
  topic: accountTopic,
  summary:
    'The account is being closed: nobody sees it, and it is erased after `erasesAt` unless its owner restores it.',
  key: 'accountId',
  data: { accountId: id('account'), erasesAt: time('account'), hidden, again },
  example: { accountId: ACCOUNT, erasesAt: AT, hidden: true, again: false },
})

export const closureCancelled = defineEvent({
  type: 'identity.account.closure-cancelled.v1',
  topic: accountTopic,
  summary: 'Its owner restored the account before it was erased.',
  key: 'accountId',
  data: {
    accountId: id('account'),
    erasesAt: time('account', 'when it would have been erased'),
    hidden,
    again,
  },
  example: { accountId: ACCOUNT, erasesAt: AT, hidden: false, again: false },
})

/** Each says whether others may see the account. */
export const standingFacts = [accountLocked, accountUnlocked, closureRequested, closureCancelled] as const

export const accountErased = defineEvent({
  type: 'identity.account.erased.v1',
  topic: accountTopic,
  summary: 'The account has ended for good: each service erases what it holds of it, and answers.',
  key: 'accountId',
  data: {
    accountId: id('account'),
    erasureId: id('account', 'under which the services answer'),
    erasedAt: time('account'),
  },
  example: { accountId: ACCOUNT, erasureId: '01931f3e-0000-7000-8000-0000000000e1', erasedAt: AT },
})
