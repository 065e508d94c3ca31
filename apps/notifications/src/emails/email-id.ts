import { createHash } from 'node:crypto'
import type { CausedEmail } from './caused-emails.js'

/**
 * The id of the mail that an event causes for a recipient: the same however often the event comes, so that a mail is made
 * once and its Message-ID stays. A UUID of version 8 (RFC 9562 §5.8) from a SHA-256.
 */
export function emailIdOf(eventId: string, recipientId: string): string {
  const hash = createHash('sha256').update(`${eventId} ${recipientId}`).digest()
  hash[6] = (hash[6]! & 0x0f) | 0x80
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

/** Kinds whose ids were made before ids told two mails of one event and recipient apart; theirs stay as they are. */
const KINDS_LEFT_OUT = ['verify-email', 'reset-password', 'password-changed', 'new-device', 'photo-rejected', 'follow']

/** Keeps apart two mails that one event causes for one recipient. */
export const causeOf = (eventId: string, kind: string): string =>
  KINDS_LEFT_OUT.includes(kind) ? eventId : `${eventId} ${kind}`

export const idOfCaused = ({ event, kind, accountId }: CausedEmail): string =>
  emailIdOf(causeOf(event.id, kind), accountId)
