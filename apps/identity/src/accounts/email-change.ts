import type { LinkRequest } from '../links/link-request.js'

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
  confirmedAt: Date | null
  frozenAt: Date | null
  decision: 'keep' | 'drop' | null
  /** When it is forgotten. */
  endsAt: Date
}
