import { type Decision, decide, sessionOpened, sessionRevoked, unchanged } from '@mpics/contracts'
import { SessionEndedError } from './session.errors.js'

export const ACCESS_TOKEN_SECONDS = 10 * 60
/** How long a token that was just used still gives its successor, for an answer that was lost on its way. */
const GRACE_MS = 10_000
/** So many tokens of the last ten seconds are remembered; who refreshes faster is not a browser. */
const MOST_SPENT = 20

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** A session ends when it is not used, and in any case some day (OWASP ASVS 5.0.0, 7.3.1, 7.3.2 and 10.4.8). */
const OWN_COMPUTER = { idleMs: 30 * DAY_MS, lifeMs: 90 * DAY_MS }
/** Policy: "…by logging off once you have finished using a shared computer", for those who forget to. */
const SHARED_COMPUTER = { idleMs: 30 * MINUTE_MS, lifeMs: DAY_MS / 2 }
/** Ended sessions are remembered for as long as a live one could last, to tell a new browser from a known one. */
const KEPT_MS = OWN_COMPUTER.lifeMs

export type SessionEnd = 'logged-off' | 'ended-elsewhere' | 'password-changed' | 'refresh-reused'

export interface Session {
  id: string
  accountId: string
  openedAt: Date
  lastSeenAt: Date
  /** Families only, e.g. `Firefox on Linux`. */
  browser: string
  country: string | null
  sharedComputer: boolean
  /** Of the cookie by which a browser gets log-in attempts of its own. */
  knownBrowserHash: string | null
  /** Of the refresh token that is to be used next. */
  refreshHash: string
  /** Of those used within the last ten seconds. */
  spent: { hash: string; at: Date }[]
  idleUntil: Date
  expiresAt: Date
  endedAt: Date | null
  endedBy: SessionEnd | null
  purgeAt: Date
}

export interface NewSession {
  id: string
  accountId: string
  browser: string
  country: string | null
  sharedComputer: boolean
  knownBrowserHash: string | null
  refreshHash: string
}

const after = (time: Date, ms: number) => new Date(time.getTime() + ms)
const earlier = (a: Date, b: Date) => (a < b ? a : b)

export function openSession(session: NewSession, newDevice: boolean, now: Date): Decision<Session> {
  const { idleMs, lifeMs } = session.sharedComputer ? SHARED_COMPUTER : OWN_COMPUTER
  return decide(
    {
      ...session,
      openedAt: now,
      lastSeenAt: now,
      spent: [],
      idleUntil: after(now, idleMs),
      expiresAt: after(now, lifeMs),
      endedAt: null,
      endedBy: null,
      purgeAt: after(now, KEPT_MS),
    },
    sessionOpened.of({ accountId: session.accountId, sessionId: session.id, newDevice }),
  )
}

export const isLive = (session: Session, now: Date): boolean =>
  session.endedAt === null && now < session.idleUntil && now < session.expiresAt

/**
 * Changes a genuine token of this session for its successor. Within the grace a second use changes nothing (whoever asks
 * gets the same successor, which is derived from the token); a later one ends the session, since somebody has a copy.
 */
export function refreshSession(
  session: Session,
  used: { hash: string; successorHash: string; browser: string },
  now: Date,
): Decision<Session> {
  if (session.endedAt) return unchanged(session)
  if (!isLive(session, now)) throw new SessionEndedError()
  const recent = session.spent.filter(({ at }) => now.getTime() - at.getTime() < GRACE_MS)
  if (used.hash === session.refreshHash) return decide(rotated(session, used, recent, now))
  const inGrace = used.browser === session.browser && recent.some(({ hash }) => hash === used.hash)
  return inGrace ? unchanged(session) : endSession(session, 'refresh-reused', now)
}

function rotated(
  session: Session,
  { hash, successorHash }: { hash: string; successorHash: string },
  recent: Session['spent'],
  now: Date,
): Session {
  const { idleMs } = session.sharedComputer ? SHARED_COMPUTER : OWN_COMPUTER
  return {
    ...session,
    refreshHash: successorHash,
    spent: [...recent, { hash, at: now }].slice(-MOST_SPENT),
    lastSeenAt: now,
    idleUntil: earlier(after(now, idleMs), session.expiresAt),
  }
}

/** Access tokens that are out cannot be called back, so everybody is told until when to refuse them. */
export function endSession(session: Session, by: SessionEnd, now: Date): Decision<Session> {
  if (session.endedAt) return unchanged(session)
  return decide(
    { ...session, endedAt: now, endedBy: by, spent: [] },
    sessionRevoked.of({
      accountId: session.accountId,
      sessionId: session.id,
      expiresAt: after(now, ACCESS_TOKEN_SECONDS * 1000).toISOString(),
    }),
  )
}
