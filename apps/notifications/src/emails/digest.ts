import { decide, type Decision, unchanged } from '@mpics/contracts'
import { type Email, type NewEmail, queue } from './email.js'
import { digestOf } from '../mails/mail-of.js'
import { DigestClosedError } from './email.errors.js'
import { emailIdOf } from './email-id.js'

export type DigestRhythm = 'daily' | 'weekly'

/** Beyond these a digest only counts. */
export const MAX_ACTORS = 200

/** The next 07:00 UTC, or that of the next Monday: early in a European day, and not yet night in America. */
export function nextDigestAt(rhythm: DigestRhythm, after: Date): Date {
  const at = new Date(after)
  at.setUTCHours(7, 0, 0, 0)
  if (at <= after) at.setUTCDate(at.getUTCDate() + 1)
  const daysToMonday = (8 - at.getUTCDay()) % 7
  if (rhythm === 'weekly') at.setUTCDate(at.getUTCDate() + daysToMonday)
  return at
}

/** One digest for an account, a category and a time: whoever makes it makes the same. */
function newDigest(email: Email, at: Date): NewEmail {
  return {
    id: emailIdOf(`digest ${email.category} ${at.toISOString()}`, email.accountId),
    accountId: email.accountId,
    kind: digestOf(email.category) ?? email.kind,
    cause: email.cause,
    parameters: { actorIds: [], moreActors: 0 },
    wantedAt: at,
  }
}

export const queueDigest = (email: Email, at: Date, now: Date): Decision<Email> => {
  const empty = queue(newDigest(email, at), now).state
  return decide(addToDigest(empty, email).state)
}

/** Refused while it is being sent and afterwards: the next one will tell of it. */
export function addToDigest(digest: Email, email: Email): Decision<Email> {
  if (digest.status !== 'queued' || digest.lease) throw new DigestClosedError()
  const { actorIds = [], moreActors = 0 } = digest.parameters
  const actorId = email.parameters.actorId
  if (!actorId || actorIds.includes(actorId)) return unchanged(digest)
  const parameters =
    actorIds.length < MAX_ACTORS
      ? { ...digest.parameters, actorIds: [...actorIds, actorId] }
      : { ...digest.parameters, moreActors: moreActors + 1 }
  return decide({ ...digest, parameters })
}
