import { decide, type Decision, notifications } from '@mpics/contracts'
import type { EmailCategory, MailParameters } from '../mail-definition/define-mail.js'
import { mailOf } from '../mails/mail-of.js'

/** The right of one replica to send it, until then by the database's clock. */
export interface SendingLease {
  holder: string
  until: Date
}

export interface Email {
  id: string
  accountId: string
  kind: string
  category: EmailCategory
  /** Type of the event that caused it. */
  cause: string
  parameters: MailParameters
  /** The trace that the event belongs to. */
  traceparent: string | null
  /** One of very many, which waits behind what somebody waits for. */
  bulk: boolean
  /** The privacy policy that was in force when the address was used (B64). */
  policyVersion: string | null
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
  finishedAt: Date | null
}

export type NewEmail = Pick<Email, 'id' | 'accountId' | 'kind' | 'cause' | 'parameters'> &
  Partial<Pick<Email, 'traceparent' | 'wantedAt' | 'bulk'>>

export function queue(email: NewEmail, now: Date): Decision<Email> {
  const mail = mailOf(email.kind)
  if (!mail) throw new TypeError(`${email.kind} is no mail: it has no folder in mails`)
  const wantedAt = email.wantedAt ?? now
  return decide<Email>({
    traceparent: null,
    bulk: false,
    policyVersion: null,
    ...email,
    category: mail.category,
    status: 'queued',
    reason: null,
    attempts: 0,
    createdAt: now,
    wantedAt,
    dueAt: wantedAt,
    lease: null,
    finishedAt: null,
  })
}

const facts = ({ id, accountId, category }: Email, reason: string) => ({ emailId: id, accountId, category, reason })
const finished = (email: Email, status: Email['status'], reason: string | null, now: Date): Email => ({
  ...email,
  status,
  reason,
  lease: null,
  finishedAt: now,
})

/** The reason of a mail that waits because its address has had its share. */
export const BUDGET = 'address-budget'

/** No attempt failed: the three days in which it is tried begin when its turn comes. */
export const deferred = (email: Email, until: Date): Decision<Email> =>
  decide({ ...email, reason: BUDGET, dueAt: until, wantedAt: until, lease: null })

export const sent = (email: Email, now: Date): Decision<Email> =>
  decide(finished(email, 'sent', null, now), notifications.emailSent.of(facts(email, email.cause)))

export const suppressed = (email: Email, reason: string, now: Date): Decision<Email> =>
  decide(finished(email, 'suppressed', reason, now), notifications.emailSuppressed.of(facts(email, reason)))

export const bounced = (email: Email, reason: string, now: Date): Decision<Email> =>
  decide(finished(email, 'bounced', reason, now), notifications.emailBounced.of(facts(email, reason)))

/** The mail that tells of it instead publishes a fact of its own when it is sent. */
export const gathered = (email: Email, now: Date): Decision<Email> => decide(finished(email, 'gathered', null, now))
