import { decide, type Decision, emailBounced, type emailCategory, emailSent, emailSuppressed } from '@mpics/contracts'
import type { z } from 'zod'

export type EmailCategory = z.output<typeof emailCategory>
export type EmailKind =
  'verify-email' | 'reset-password' | 'password-changed' | 'new-device' | 'follow' | 'photo-rejected'

/** Which category a kind of mail belongs to, and so which rules stop it. */
export const categoryOf: Record<EmailKind, EmailCategory> = {
  'verify-email': 'system',
  'reset-password': 'system',
  'password-changed': 'system',
  'new-device': 'system',
  'photo-rejected': 'system',
  follow: 'follows',
}

/** Ids only: names, addresses and links are asked for at the moment of sending. */
export interface EmailParameters {
  requestId?: string
  actorId?: string
  photoId?: string
  reason?: string
}

export interface Email {
  id: string
  accountId: string
  kind: EmailKind
  category: EmailCategory
  /** Type of the event that caused it. */
  cause: string
  parameters: EmailParameters
  status: 'queued' | 'sent' | 'suppressed' | 'bounced'
  /** Set when it was not sent. */
  reason: string | null
  attempts: number
  /** When it is to be tried (again); while a replica is at it, when its claim ends. */
  dueAt: Date
  createdAt: Date
  sentAt: Date | null
}

/** A mail server that is away for so long will not come back for this mail (RFC 5321 §4.5.4.1 asks for 4–5 days at most). */
export const GIVE_UP_AFTER_MS = 3 * 86_400_000
/** Longer than sending may take with all its time-outs. */
export const CLAIM_MS = 60_000
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 30 * 60_000

export function queue(
  email: Pick<Email, 'id' | 'accountId' | 'kind' | 'cause' | 'parameters'>,
  now: Date,
): Decision<Email> {
  return decide<Email>({
    ...email,
    category: categoryOf[email.kind],
    status: 'queued',
    reason: null,
    attempts: 0,
    dueAt: now,
    createdAt: now,
    sentAt: null,
  })
}

/** The version check makes one replica the only one that sends it, until the claim ends. */
export const claim = (email: Email, now: Date): Decision<Email> =>
  decide({ ...email, attempts: email.attempts + 1, dueAt: new Date(now.getTime() + CLAIM_MS) })

const facts = (email: Email, reason: string) => ({
  emailId: email.id,
  accountId: email.accountId,
  category: email.category,
  reason,
})

export const sent = (email: Email, now: Date): Decision<Email> =>
  decide({ ...email, status: 'sent', sentAt: now }, emailSent.of(facts(email, email.cause)))

export const suppressed = (email: Email, reason: string): Decision<Email> =>
  decide({ ...email, status: 'suppressed', reason }, emailSuppressed.of(facts(email, reason)))

export const bounced = (email: Email, reason: string): Decision<Email> =>
  decide({ ...email, status: 'bounced', reason }, emailBounced.of(facts(email, reason)))

/** Waits longer after each attempt, never the same for two mails; gives up after three days. */
export function postponed(email: Email, reason: string, now: Date, random: number): Decision<Email> {
  if (now.getTime() - email.createdAt.getTime() > GIVE_UP_AFTER_MS) return bounced(email, reason)
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(email.attempts - 1, 20))
  return decide({ ...email, dueAt: new Date(now.getTime() + wait * (0.5 + random)) })
}
