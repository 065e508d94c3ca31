import { defineEvent } from '../define/define-event.js'
import { field, id, time } from '../define/field.js'
import { vocabulary } from '../define/vocabulary.js'
import { accountTopic } from './account.events.js'
import { ACCOUNT, AT } from './examples.js'

const factorKinds = vocabulary('factor', {
  totp: 'codes of an authenticator app',
  passkey: 'a passkey',
})

const factor = field(factorKinds.open, { classification: 'technical', purpose: 'security' })
const RECOVERY = '01931f3e-0000-7000-8000-00000000000c'

export const factorAdded = defineEvent({
  type: 'identity.account.factor-added.v1',
  topic: accountTopic,
  summary: 'Logging in takes, or may take, one thing more since; every other session has ended.',
  key: 'accountId',
  data: { accountId: id('account'), factor, addedAt: time('security') },
  example: { accountId: ACCOUNT, factor: 'totp', addedAt: AT },
})

export const factorRemoved = defineEvent({
  type: 'identity.account.factor-removed.v1',
  topic: accountTopic,
  summary: 'A factor was taken out by its owner; every other session has ended.',
  key: 'accountId',
  data: { accountId: id('account'), factor, removedAt: time('security') },
  example: { accountId: ACCOUNT, factor: 'passkey', removedAt: AT },
})

export const recoveryCodesMade = defineEvent({
  type: 'identity.account.recovery-codes-made.v1',
  topic: accountTopic,
  summary: 'There are ten new recovery codes; former ones are good no more.',
  key: 'accountId',
  data: { accountId: id('account'), madeAt: time('security') },
  example: { accountId: ACCOUNT, madeAt: AT },
})

export const recoveryCodeUsed = defineEvent({
  type: 'identity.account.recovery-code-used.v1',
  topic: accountTopic,
  summary: 'A recovery code was used, which works once.',
  key: 'accountId',
  data: { accountId: id('account'), usedAt: time('security') },
  example: { accountId: ACCOUNT, usedAt: AT },
})

export const factorsGuessed = defineEvent({
  type: 'identity.account.factors-guessed.v1',
  topic: accountTopic,
  summary: 'Several wrong factors followed the right password: somebody else may know it. Told once in a day at most.',
  key: 'accountId',
  data: { accountId: id('account'), guessedAt: time('security') },
  example: { accountId: ACCOUNT, guessedAt: AT },
})

export const factorRecoveryRequested = defineEvent({
  type: 'identity.account.factor-recovery-requested.v1',
  topic: accountTopic,
  summary:
    'Somebody with the password has lost the factors: a mail with a link that starts their removal is to be sent.',
  key: 'accountId',
  data: { accountId: id('account'), recoveryId: id('security') },
  example: { accountId: ACCOUNT, recoveryId: RECOVERY },
})

export const factorRecoveryAnnounced = defineEvent({
  type: 'identity.account.factor-recovery-announced.v1',
  topic: accountTopic,
  summary: 'The factors will be removed: told at the start of the delay, and each day of it.',
  key: 'accountId',
  data: { accountId: id('account'), recoveryId: id('security'), dueAt: time('security') },
  example: { accountId: ACCOUNT, recoveryId: RECOVERY, dueAt: AT },
})

export const factorRecoveryCancelled = defineEvent({
  type: 'identity.account.factor-recovery-cancelled.v1',
  topic: accountTopic,
  summary: 'The factors stay: somebody logged in with one, objected, or the password is another one since.',
  key: 'accountId',
  data: { accountId: id('account'), cancelledAt: time('security') },
  example: { accountId: ACCOUNT, cancelledAt: AT },
})

export const factorRecoveryFinished = defineEvent({
  type: 'identity.account.factor-recovery-finished.v1',
  topic: accountTopic,
  summary: 'All factors were removed after the delay, since their owner has lost them; every session has ended.',
  key: 'accountId',
  data: { accountId: id('account'), finishedAt: time('security') },
  example: { accountId: ACCOUNT, finishedAt: AT },
})
