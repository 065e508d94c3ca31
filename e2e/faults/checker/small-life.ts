import type { AccountCommand, Command } from '../evidence/history.js'
import type { Observed, Stored } from '../evidence/observed.js'
import { account, BEN, profile, registered, smallWorld, told, type World } from './small-world.js'

const [CLEO, DORA] = ['account-cleo', 'account-dora']
const [ENDED, ACTING] = ['session-ended', 'session-acting']
const [REVOKED, FORMER, LIVE] = ['token-revoked', 'token-former', 'token-live']
const LATER = new Date(5_000)

const CHANGES = [
  'password-changed',
  'email-change-requested',
  'email-changed',
  'factor-added',
  'recovery-codes-made',
  'recovery-code-used',
  'factor-removed',
]

type Did = (asked: Command, id?: string) => void

/** The small world with two more people: one is hidden since a closing, the other has changed all that logs them in. */
export const smallLife = (): World =>
  smallWorld((did, seen) => {
    cleo(did, seen)
    dora(did, seen)
  })

/** The facts of an account after its verification. */
const facts = (accountId: string, ...later: [name: string, data?: object][]) => [
  ...registered(accountId),
  ...later.map(([name, data], i) =>
    told({ type: `identity.account.${name}.v1`, key: accountId, sequence: i + 4, data: { accountId, ...data } }),
  ),
]

function joined(did: Did, seen: Observed, id: string, changes: Partial<Stored>): void {
  const handle = id.replace('account-', '')
  did({ kind: 'register', handle, email: `${handle}@people.example`, fullName: `Person ${handle}` }, id)
  did({ kind: 'verify', handle })
  seen.documents['identity']!['accounts']!.push({ ...account(id, handle), ...changes })
  seen.records['profiles.profile']!.push(
    told({ type: 'profiles.profile.created.v1', key: id, sequence: 1, data: { profileId: id } }),
  )
}

function cleo(did: Did, seen: Observed): void {
  joined(did, seen, CLEO, { closure: { requestedAt: LATER } })
  const standing = { hidden: true, sequence: 8 }
  const [pair, photo] = [`${CLEO}:${BEN}`, 'photo-cleo']
  did({ kind: 'follow', followerId: CLEO, followedId: BEN })
  did({ kind: 'upload', ownerId: CLEO, title: 'Sky', damaged: false }, photo)
  for (const kind of ['close-account', 'restore-account', 'lock', 'unlock', 'close-account'] as const)
    did({ kind, accountId: CLEO })
  const hides = (name: string, hidden: boolean): [string, object] => [name, { hidden }]
  const [closed, open] = [hides('closure-requested', true), hides('closure-cancelled', false)]
  const own = facts(CLEO, closed, open, hides('locked', true), hides('unlocked', false), closed)
  const { records, documents } = seen
  records['identity.account']!.push(...own)
  records['profiles.follow']!.push(
    told({ type: 'profiles.follow.started.v1', key: pair, sequence: 1, data: { followedId: BEN } }),
  )
  records['media.photo']!.push(
    told({ type: 'media.photo.uploaded.v1', key: photo, sequence: 1, data: { photoId: photo } }),
  )
  documents['profiles']!['profiles']!.push({ ...profile(CLEO, 'cleo'), standing })
  documents['profiles']!['follows']!.push({ _id: pair, version: 1, active: true, standing: { follower: standing } })
  documents['profiles']!['standings'] = [{ _id: CLEO, ...standing }]
  documents['media']!['owners'] = [{ _id: CLEO, ...standing }]
  documents['media']!['follows']!.push({ _id: pair, following: true, sequence: 1 })
  const views = { total: 0, sequence: 0 }
  const shown = { ownerId: CLEO, title: 'Sky', status: 'published', views, owner: standing }
  documents['media']!['photos']!.push({ _id: photo, version: 1, ...shown })
}

function dora(did: Did, seen: Observed): void {
  const { records, documents } = seen
  const email = 'dora.again@people.example'
  const changes = { email, credentialVersion: 6, credentialsMovedBy: ACTING, passwordChangedAt: LATER }
  joined(did, seen, DORA, changes)
  did({ kind: 'log-in', handle: 'dora' }, ENDED)
  did({ kind: 'log-in', handle: 'dora' }, ACTING)
  for (const id of [REVOKED, FORMER]) did({ kind: 'create-token', accountId: DORA }, id)
  did({ kind: 'revoke-token', accountId: DORA, tokenId: REVOKED })
  for (const asked of changesOf(email)) did(asked)
  did({ kind: 'create-token', accountId: DORA }, LIVE)
  records['identity.account']!.push(...facts(DORA, ...CHANGES.map((name): [string] => [name])))
  documents['profiles']!['profiles']!.push(profile(DORA, 'dora'))
  records['identity.session']!.push(
    told({ type: 'identity.session.revoked.v1', key: ENDED, sequence: 2, data: { accountId: DORA } }),
  )
  documents['identity']!['sessions']!.push(
    { _id: ENDED, accountId: DORA, credentials: '1.0', endedAt: LATER, endedBy: 'password-changed' },
    { _id: ACTING, accountId: DORA, credentials: '5.5000', endedAt: null },
  )
  const token = (name: string, key: string, sequence: number) =>
    told({ type: `identity.token.${name}.v1`, key, sequence, data: { accountId: DORA, tokenId: key } })
  records['identity.token'] = [
    ...[REVOKED, FORMER, LIVE].map((key) => token('created', key, 1)),
    ...[REVOKED, FORMER].map((key) => token('revoked', key, 2)),
  ]
  documents['identity']!['program_tokens'] = [{ _id: DORA, tokens: [{ id: LIVE, passwordChangedAt: LATER }] }]
}

function changesOf(email: string): AccountCommand[] {
  const acting = { accountId: DORA, sessionId: ACTING }
  return [
    { kind: 'change-password', ...acting },
    { kind: 'request-address', accountId: DORA, email },
    { kind: 'confirm-address', ...acting, email },
    { kind: 'add-factor', ...acting },
    { kind: 'make-recovery-codes', accountId: DORA },
    { kind: 'use-recovery-code', accountId: DORA },
    { kind: 'remove-factor', ...acting },
  ]
}
