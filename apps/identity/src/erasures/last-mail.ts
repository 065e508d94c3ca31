import { decide, type Decision, unchanged } from '@mpics/contracts'
import { HOUR_MS, MINUTE_MS } from '@mpics/contracts/durations'
import type { Erasure } from './erasure.js'

/** The mail with the receipt. Nothing but this holds the address any more. */
export interface LastMail {
  sealed: string
  /** When it may be tried; the right to send it lasts until the next time. */
  dueAt: Date
  attempts: number
  /** Then the address is forgotten, whether or not the mail was sent. */
  until: Date
}

const MAX_LIFE_MS = 48 * HOUR_MS
/** Longer than a mail server takes. */
const LEASE_MS = 2 * MINUTE_MS
const FIRST_WAIT_MS = 10_000
const MAX_WAIT_MS = 30 * MINUTE_MS

export type LastMailOutcome = 'sent' | 'refused' | 'failed'

export const mailFrom = (sealed: string, now: Date): LastMail => ({
  sealed,
  dueAt: now,
  attempts: 0,
  until: new Date(now.getTime() + MAX_LIFE_MS),
})

/** Gives one sender the right to send it for a while; unchanged for everybody else. */
export function claimMail(erasure: Erasure, now: Date): Decision<Erasure> {
  const { mail, finishedAt } = erasure
  if (!mail || !finishedAt || mail.dueAt > now || mail.until <= now) return unchanged(erasure)
  const dueAt = new Date(now.getTime() + LEASE_MS)
  return decide({ ...erasure, mail: { ...mail, dueAt, attempts: mail.attempts + 1 } })
}

/** The address is forgotten as soon as the mail server has taken the mail, or never will. */
export function settleMail(erasure: Erasure, outcome: LastMailOutcome, now: Date): Decision<Erasure> {
  const { mail } = erasure
  if (!mail) return unchanged(erasure)
  if (outcome !== 'failed') return decide({ ...erasure, mail: null })
  const wait = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(mail.attempts, 20))
  return decide({ ...erasure, mail: { ...mail, dueAt: new Date(now.getTime() + wait) } })
}

export const forgetAddress = (erasure: Erasure, now: Date): Decision<Erasure> =>
  erasure.mail && erasure.mail.until <= now ? decide({ ...erasure, mail: null }) : unchanged(erasure)
