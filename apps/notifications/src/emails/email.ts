import { decide, type Decision, emailBounced, type emailCategory, emailSent, emailSuppressed } from '@mpics/contracts'
import type { z } from 'zod'

export type EmailCategory = z.output<typeof emailCategory>
export type EmailKind =
  'verify-email' | 'reset-password' | 'password-changed' | 'new-device' | 'photo-rejected' | 'follow' | 'follow-digest'

/** Which category a kind of mail belongs to, and so which rules stop it. */
const categoryOf: Record<EmailKind, EmailCategory> = {
  'verify-email': 'system',
  'reset-password': 'system',
  'password-changed': 'system',
  'new-device': 'system',
  'photo-rejected': 'system',
  follow: 'follows',
  'follow-digest': 'follows',
}

/** Ids and codes only: names, addresses and links are asked for at the moment of sending. */
export interface EmailParameters {
  requestId?: string
  actorId?: string
  photoId?: string
  /** A code of the fact, such as why a photo was rejected. */
  detail?: string
  /** When it happened, ISO 8601. */
  at?: string
  /** Whom a digest tells of. */
  actorIds?: string[]
  /** How many more than those. */
  moreActors?: number
}

/** The right of one replica to send it, until then by the database's clock. */
export interface SendingLease {
  holder: string
  until: Date
}

export interface Email {
  id: string
  accountId: string
  kind: EmailKind
  category: EmailCategory
  /** Type of the event that caused it. */
  cause: string
  parameters: EmailParameters
  /** The trace that the event belongs to. */
  traceparent: string | null
  status: 'queued' | 'sent' | 'gathered' | 'suppressed' | 'bounced'
  /** Why it was not sent; while it waits, why the last attempt failed. */
  reason: string | null
  attempts: number
  createdAt: Date
  /** When it was to be sent at first: from then on it is tried for three days. */
  wantedAt: Date
  /** When it is to be tried (again). */
  dueAt: Date
  lease: SendingLease | null
  settledAt: Date | null
}

export type NewEmail = Pick<Email, 'id' | 'accountId' | 'kind' | 'cause' | 'parameters'> &
  Partial<Pick<Email, 'traceparent' | 'wantedAt'>>

export function queue(email: NewEmail, now: Date): Decision<Email> {
  const wantedAt = email.wantedAt ?? now
  return decide<Email>({
    traceparent: null,
    ...email,
    category: categoryOf[email.kind],
    status: 'queued',
    reason: null,
    attempts: 0,
    createdAt: now,
    wantedAt,
    dueAt: wantedAt,
    lease: null,
    settledAt: null,
  })
}

const facts = ({ id, accountId, category }: Email, reason: string) => ({ emailId: id, accountId, category, reason })
const settled = (email: Email, status: Email['status'], reason: string | null, now: Date): Email => ({
  ...email,
  status,
  reason,
  lease: null,
  settledAt: now,
})

export const sent = (email: Email, now: Date): Decision<Email> =>
  decide(settled(email, 'sent', null, now), emailSent.of(facts(email, email.cause)))

export const suppressed = (email: Email, reason: string, now: Date): Decision<Email> =>
  decide(settled(email, 'suppressed', reason, now), emailSuppressed.of(facts(email, reason)))

export const bounced = (email: Email, reason: string, now: Date): Decision<Email> =>
  decide(settled(email, 'bounced', reason, now), emailBounced.of(facts(email, reason)))

/** Told of by a digest, whose own fact says when that was sent. */
export const gathered = (email: Email, now: Date): Decision<Email> => decide(settled(email, 'gathered', null, now))
