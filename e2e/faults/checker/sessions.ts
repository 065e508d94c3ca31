import type { Attempt, Command, MovingKind } from '../evidence/history.js'
import { collectionOf, type Observed, type Stored } from '../evidence/observed.js'
import { lost, unasked } from './counted.js'
import { issued } from './issued.js'
import type { Violation } from './violation.js'

type Seen = Pick<Observed, 'records' | 'documents'>

const MOVING: MovingKind[] = [
  'close-account',
  'lock',
  'drop-address',
  'reset-password',
  'change-password',
  'confirm-address',
  'add-factor',
  'remove-factor',
]

/** A change of the credentials ends every session that was opened with the former ones, but the acting one, and no other. */
export const sessionViolations = (attempts: readonly Attempt[], seen: Seen): Violation[] => [
  ...unproven(seen),
  ...outlived(attempts, seen),
]

const credentialsOf = (account: Stored): string =>
  `${account['credentialVersion']}.${(account['passwordChangedAt'] as Date).getTime()}`

function unproven(seen: Seen): Violation[] {
  const accounts = new Map(collectionOf(seen, 'identity', 'accounts').map((account) => [account._id, account]))
  return collectionOf(seen, 'identity', 'sessions').flatMap(({ _id, accountId, credentials, endedAt, endedBy }) => {
    const account = accounts.get(accountId as string)
    const proves = account && (credentials === credentialsOf(account) || _id === account['credentialsMovedBy'])
    if (!proves && !endedAt) return [lost(`end of ${_id}`, 'it was opened with former credentials')]
    return proves && endedBy === 'password-changed' ? [unasked(`end of ${_id}`, 'the credentials are the same')] : []
  })
}

/** What people know of their sessions, whatever the account says of its credentials. */
function outlived(attempts: readonly Attempt[], seen: Seen): Violation[] {
  const idOf = new Map(collectionOf(seen, 'identity', 'accounts').map(({ _id, handle }) => [handle as string, _id]))
  const live = new Set(collectionOf(seen, 'identity', 'sessions').flatMap(({ _id, endedAt }) => (endedAt ? [] : [_id])))
  const opened = issued(attempts, 'log-in', 'use-recovery-code').filter(({ id }) => id !== undefined)
  const accountOf = (asked: (typeof opened)[number]['asked']) =>
    'handle' in asked ? idOf.get(asked.handle) : asked.accountId
  const moved = issued(attempts, ...MOVING).filter(({ acknowledged }) => acknowledged)
  const lastOf = new Map(moved.map((one) => [one.asked.accountId, one]))
  return opened.flatMap(({ id, asked, command }) => {
    const last = lastOf.get(accountOf(asked) ?? '')
    const ends = last && command < last.command && id !== actingIn(last.asked)
    return ends && live.has(id!) ? [lost(`end of ${id}`, `it was opened before ${last.asked.kind}`)] : []
  })
}

const actingIn = (asked: Extract<Command, { kind: MovingKind }>): string | undefined =>
  'sessionId' in asked ? asked.sessionId : undefined
