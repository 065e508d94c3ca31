import { createHash } from 'node:crypto'
import type { Attempt } from '../evidence/history.js'
import { collectionOf, factsOf, type Fact, type Observed, type SeenMail, type Stored } from '../evidence/observed.js'
import { violation, type Violation } from './violation.js'

/** A mail sender died not before `from`, and not after `to`. */
export interface SenderDeath {
  from: Date
  to: Date
}

interface Cause {
  type: string
  /** Part of the id of the mail, but in kinds from before ids had it. */
  kind?: string
  recipient: (fact: Fact) => string
  applies?: (fact: Fact) => boolean
}

const toOwner = (type: string, kind: string): Cause => ({
  type: `identity.${type}.v1`,
  kind,
  recipient: ({ data }) => data.accountId as string,
})

const CAUSES: Cause[] = [
  { type: 'identity.account.verification-requested.v1', recipient: ({ data }) => data.accountId },
  { type: 'identity.account.password-reset-requested.v1', recipient: ({ data }) => data.accountId },
  { type: 'identity.account.password-changed.v1', recipient: ({ data }) => data.accountId },
  {
    type: 'identity.session.opened.v1',
    recipient: ({ data }) => data.accountId,
    applies: ({ data }) => data.newDevice === true,
  },
  { type: 'profiles.follow.started.v1', recipient: ({ data }) => data.followedId },
  { type: 'media.photo.rejected.v1', recipient: ({ data }) => data.ownerId },
  toOwner('account.closure-requested', 'account-closing'),
  toOwner('account.closure-cancelled', 'account-restored'),
  toOwner('account.locked', 'account-locked'),
  toOwner('account.unlocked', 'account-unlocked'),
  toOwner('account.email-change-requested', 'freeze-email'),
  toOwner('account.email-change-requested', 'confirm-email'),
  toOwner('account.email-changed', 'email-changed'),
  toOwner('account.factor-added', 'factor-added'),
  toOwner('account.factor-removed', 'factor-removed'),
  toOwner('account.recovery-codes-made', 'recovery-codes-made'),
  toOwner('account.recovery-code-used', 'recovery-code-used'),
  toOwner('token.created', 'program-token'),
  toOwner('export.completed', 'export-ready'),
]

type Seen = Pick<Observed, 'records' | 'documents' | 'mails'>

/**
 * Each fact that calls for a mail has one mail, sent once or suppressed for a reason; no other mail exists, but what was `caused` by
 * somebody who is gone.
 */
export function mailViolations(
  attempts: readonly Attempt[],
  seen: Seen,
  deaths: readonly SenderDeath[],
  caused: ReadonlySet<string> = new Set(),
): Violation[] {
  const due = new Set(dueMails(seen))
  const emails = collectionOf(seen, 'notifications', 'emails')
  const known = new Map(emails.map((email) => [email._id, email]))
  const received = Map.groupBy(ours(attempts, seen), ({ messageId }) => idOf(messageId))
  const mayBeDoubled = (id: string) => deaths.some((death) => wasOpenAt(death, known.get(id)))
  return [
    ...[...due].filter((id) => !known.has(id)).map((id) => violation('lost mail', id, 'was never queued')),
    ...emails.flatMap(({ _id, status, kind }) => [
      ...(status === 'queued' && kind !== 'follow-digest' ? [violation('lost mail', _id, `is ${status}`)] : []),
      ...(status === 'sent' && !received.has(_id) ? [violation('lost mail', _id, 'never arrived')] : []),
      ...(due.has(_id) || caused.has(_id) || kind === 'follow-digest'
        ? []
        : [violation('unasked mail', _id, 'nothing caused it')]),
    ]),
    ...[...received.keys()].flatMap((id) =>
      known.get(id)?.['status'] === 'sent' || mayBeDoubled(id)
        ? []
        : [violation('unasked mail', id, `arrived, and is ${String(known.get(id)?.['status'])}`)],
    ),
    ...[...received]
      .filter(([id, mails]) => mails.length > 1 && !mayBeDoubled(id))
      .map(([id, mails]) => violation('doubled mail', id, `arrived ${mails.length} times`)),
  ]
}

/** The mail existed when its sender died, and no record tells its fate: the fail-point does not say which mails had left. */
const wasOpenAt = ({ from, to }: SenderDeath, email?: Stored): boolean =>
  email !== undefined && email['createdAt'] <= to && !(email['finishedAt'] < from)

export const dueMails = (seen: Pick<Observed, 'records'>): string[] =>
  CAUSES.flatMap(({ type, kind, recipient, applies = () => true }) =>
    factsOf(seen, type)
      .filter(applies)
      .map((fact) => emailIdOf(kind ? `${fact.id} ${kind}` : fact.id, recipient(fact))),
  )

/** A UUID of version 8 from a SHA-256 of the fact and the recipient: the same mail has the same id. */
export function emailIdOf(factId: string, recipientId: string): string {
  const hash = createHash('sha256').update(`${factId} ${recipientId}`).digest()
  hash[6] = (hash[6]! & 0x0f) | 0x80
  hash[8] = (hash[8]! & 0x3f) | 0x80
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const idOf = (messageId: string) => /^<?([^@]+)@/.exec(messageId)?.[1] ?? messageId

/** The mail sink may serve others as well. Accounts had other addresses before. */
function ours(attempts: readonly Attempt[], { mails, documents }: Seen): SeenMail[] {
  const stored = (documents['identity']?.['accounts'] ?? []).map(({ email }) => email as string)
  const asked = attempts.flatMap(({ asked }) => ('email' in asked ? [asked.email] : []))
  const addresses = new Set([...stored, ...asked])
  return mails.filter(({ to }) => to.some((address) => addresses.has(address)))
}
