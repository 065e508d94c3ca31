import type { LinkRequest } from '../links/link-request.js'
import type { Account } from './account.js'
import { credentialsOf } from './credentials.js'

/** An address that waits for the proof of its mailbox, and which of its links were used. */
export interface EmailChange {
  id: string
  email: string
  emailKey: string
  requestedAt: Date
  /** The session that asked; it stays when the address changes. */
  sessionId: string
  /** The credentials at the request: once they have moved, the change is void. */
  credentials: string
  confirmation: LinkRequest
  freezing: LinkRequest
  /** When the mail to the present address was made; the one to the new address waits for it. */
  noticeAt: Date | null
  confirmedAt: Date | null
  frozenAt: Date | null
  decision: 'keep' | 'drop' | null
  /** When it is forgotten. */
  endsAt: Date
}

/** Null once it is confirmed, dropped, or void because the credentials have moved. */
export function openEmailChangeOf(account: Account): EmailChange | null {
  const { emailChange } = account
  const isOpen = emailChange?.confirmedAt === null && emailChange.decision !== 'drop'
  return isOpen && emailChange.credentials === credentialsOf(account) ? emailChange : null
}
