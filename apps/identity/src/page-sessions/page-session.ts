import { decide, type Decision, unchanged } from '@mpics/contracts'
import { MINUTE_MS } from '@mpics/contracts/durations'
import { endSession, isLive, seenNow, type Session } from '../sessions/session.js'
import { SessionEndedError } from '../sessions/session.errors.js'

/** The session keeps when it was seen to this: a write at each page would tell which pages its member reads (B31). */
const SEEN_TO_MS = { own: 10 * MINUTE_MS, shared: MINUTE_MS }

interface Exchange {
  refreshHash: string
  pageHash: string
  /** Of a token that nobody has. */
  nextHash: string
}

/** From here on one secret carries the session. A refresh token that was used before is a stolen one, as elsewhere. */
export function openForPages(
  session: Session,
  { refreshHash, pageHash, nextHash }: Exchange,
  now: Date,
): Decision<Session> {
  if (session.endedAt || session.pageHash === pageHash) return unchanged(session)
  if (!isLive(session, now)) throw new SessionEndedError()
  if (session.refreshHash !== refreshHash) return endSession(session, 'refresh-reused', now)
  return decide({ ...session, pageHash, refreshHash: nextHash })
}

export function enter(session: Session, pageHash: string, now: Date): Decision<Session> {
  if (session.pageHash !== pageHash || !isLive(session, now)) throw new SessionEndedError()
  const seenTo = SEEN_TO_MS[session.sharedComputer ? 'shared' : 'own']
  return now.getTime() - session.lastSeenAt.getTime() < seenTo ? unchanged(session) : decide(seenNow(session, now))
}
