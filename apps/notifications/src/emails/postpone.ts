import { decide, type Decision } from '@mpics/contracts'
import { DAY_MS, MINUTE_MS } from '@mpics/contracts/durations'
import { bounced, type Email } from './email.js'

/**
 * RFC 5321 §4.5.4.1 has a relay try for four to five days. This is the step before the relay, whose failures end sooner or
 * not at all, and most mails here are stale after three.
 */
export const GIVE_UP_AFTER_MS = 3 * DAY_MS
const FIRST_WAIT_MS = 2_000
const MAX_WAIT_MS = 30 * MINUTE_MS
/** A peer that was away is back within a minute as a rule, and a link for a new password is wanted now. */
const MAX_PEER_WAIT_MS = 15_000
/** Why a mail waits for another service. */
export const PEER_UNAVAILABLE = 'peer-unavailable'

/** Doubles with each attempt. `random` in [0, 1): mails that failed together do not come back together. */
export function waitMs(attempts: number, random: number, maxMs = MAX_WAIT_MS): number {
  const wait = FIRST_WAIT_MS * 2 ** Math.min(Math.max(attempts, 1) - 1, 20)
  return Math.round(Math.min(maxMs, wait) * (0.5 + random / 2))
}

/** Tries the mail again later or gives it up, and says why. */
export function postpone(email: Email, reason: string, now: Date, random: number): Decision<Email> {
  if (now.getTime() - email.wantedAt.getTime() > GIVE_UP_AFTER_MS) return bounced(email, `given-up-${reason}`, now)
  const maxMs = reason === PEER_UNAVAILABLE ? MAX_PEER_WAIT_MS : MAX_WAIT_MS
  const dueAt = new Date(now.getTime() + waitMs(email.attempts, random, maxMs))
  return decide({ ...email, reason, dueAt, lease: null })
}
