import { decide, type Decision, identity, NOBODY, type Proof, unchanged } from '@mpics/contracts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@mpics/contracts/durations'
import type { Account } from '../accounts/account.js'
import { credentialsOf } from '../accounts/credentials.js'
import { hasFactor } from '../accounts/factors.js'
import { SessionEndedError } from './session.errors.js'

export const ACCESS_TOKEN_SECONDS = 10 * 60
/** A used token still gives its successor for this time, in case the client lost the answer. */
const GRACE_MS = 10_000
/** No browser refreshes more often than this within the grace time. */
const MAX_SPENT = 20

/** A session ends after a time without use, and after its lifetime (OWASP ASVS 5.0.0, 7.3.1, 7.3.2 and 10.4.8). */
const OWN_COMPUTER = { idleMs: 30 * DAY_MS, lifeMs: 90 * DAY_MS }
/** Policy: "…by logging off once you have finished using a shared computer"; this serves those who forget. */
const SHARED_COMPUTER = { idleMs: 15 * MINUTE_MS, lifeMs: DAY_MS / 2 }
/** A dangerous act needs a proof that is not older. */
export const PROOF_SECONDS = 10 * 60
/** An ended session stays for the longest lifetime, since it tells a known browser from a new one. */
const RETENTION_MS = OWN_COMPUTER.lifeMs

export type SessionEnd = 'logged-off' | 'ended-elsewhere' | 'password-changed' | 'refresh-reused' | 'too-many'

export interface Session {
  id: string
  accountId: string
  /** The credentials that it proved; null in a session of an earlier release. */
  credentials: string | null
  openedAt: Date
  /** When its holder last proved who they are. */
  provedAt: Date
  /** When they last proved it with more than the password. */
  factorProvedAt: Date | null
  /** All that they proved it with. */
  provedBy: readonly Proof[]
  lastSeenAt: Date
  /** Names families without versions, e.g. `Firefox on Linux`. */
  browser: string
  country: string | null
  sharedComputer: boolean
  /** The hash of the cookie that gives a browser its own log-in attempts. */
  knownBrowserHash: string | null
  /** The hash of the current refresh token. */
  refreshHash: string
  /** The hash of the secret that carries a session for pages; null in others. */
  pageHash: string | null
  /** The tokens that were used within the grace time. */
  spent: { hash: string; at: Date }[]
  idleUntil: Date
  expiresAt: Date
  endedAt: Date | null
  endedBy: SessionEnd | null
  purgeAt: Date
}

/** Wrong passwords from the browser of a session since; its next session begins at none. No decision about a `Session` changes them, so that no save undoes a count. */
export interface Guesses {
  count: number
  notBefore: Date
  forgetAt: Date
}

export interface NewSession {
  id: string
  accountId: string
  credentials: string
  browser: string
  country: string | null
  sharedComputer: boolean
  knownBrowserHash: string | null
  refreshHash: string
  provedBy: readonly Proof[]
}

const after = (time: Date, ms: number) => new Date(time.getTime() + ms)
const nextHour = (time: Date) => new Date(Math.ceil(time.getTime() / HOUR_MS) * HOUR_MS)
const earlier = (a: Date, b: Date) => (a < b ? a : b)

export function openSession(session: NewSession, newDevice: boolean, now: Date): Decision<Session> {
  const { idleMs, lifeMs } = session.sharedComputer ? SHARED_COMPUTER : OWN_COMPUTER
  return decide(
    {
      ...session,
      openedAt: now,
      provedAt: now,
      factorProvedAt: session.provedBy.some(isFactor) ? now : null,
      lastSeenAt: now,
      pageHash: null,
      spent: [],
      idleUntil: after(now, idleMs),
      expiresAt: after(now, lifeMs),
      endedAt: null,
      endedBy: null,
      purgeAt: after(now, RETENTION_MS),
    },
    ...(newDevice
      ? [identity.sessionOpened.of({ accountId: session.accountId, sessionId: session.id, newDevice })]
      : []),
  )
}

export const isLive = (session: Session, now: Date): boolean =>
  session.endedAt === null && now < session.idleUntil && now < session.expiresAt

/** The session proves the credentials of this moment, or moved them itself. One of an earlier release is judged by time. */
export function proves(session: Session, account: Account): boolean {
  if (session.id === account.credentialsMovedBy) return true
  if (session.credentials === null)
    return session.openedAt >= account.credentialsMovedAt && session.openedAt >= account.passwordChangedAt
  return session.credentials === credentialsOf(account)
}

/**
 * Binds a session that proves the credentials of this moment to them, so that it ends when they move again. Never one of an
 * earlier release: it may have proved the former ones at the very moment of their change.
 */
export function bindSession(session: Session, account: Account, factorProvedAt?: Date): Decision<Session> {
  const credentials = credentialsOf(account)
  if (session.endedAt || session.credentials === null || session.credentials === credentials) return unchanged(session)
  return decide({ ...session, credentials, ...(factorProvedAt && { factorProvedAt }) })
}

export const isFactor = (proof: Proof): boolean => proof !== 'password'

/** The password alone is enough for an account without another factor only. */
export function isFreshlyProved({ provedAt, factorProvedAt }: Session, account: Account, now: Date): boolean {
  const at = hasFactor(account) ? factorProvedAt : provedAt
  return at !== null && now.getTime() - at.getTime() < PROOF_SECONDS * 1000
}

export function proveAgain(session: Session, proof: Proof, now: Date): Decision<Session> {
  if (!isLive(session, now)) throw new SessionEndedError()
  const factorProvedAt = isFactor(proof) ? now : session.factorProvedAt
  return decide({ ...session, provedAt: now, factorProvedAt, provedBy: [...new Set([...session.provedBy, proof])] })
}

/**
 * Exchanges a genuine token of this session for its successor. A second use within the grace time gives the same derived
 * successor; a later use ends the session, since somebody holds a stolen token.
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
  return {
    ...seenNow(session, now),
    refreshHash: successorHash,
    spent: [...recent, { hash, at: now }].slice(-MAX_SPENT),
  }
}

export function seenNow(session: Session, now: Date): Session {
  const { idleMs } = session.sharedComputer ? SHARED_COMPUTER : OWN_COMPUTER
  return { ...session, lastSeenAt: now, idleUntil: earlier(after(now, idleMs), session.expiresAt) }
}

/**
 * Nobody can recall an access token, so the event says until when to refuse those of this session: to the hour, and of no
 * account, since an exact end would lead to the browser whose views end then (B31).
 */
export function endSession(session: Session, by: SessionEnd, now: Date): Decision<Session> {
  if (session.endedAt) return unchanged(session)
  return decide(
    { ...session, endedAt: now, endedBy: by, spent: [] },
    identity.sessionRevoked.of({
      accountId: NOBODY,
      sessionId: session.id,
      expiresAt: nextHour(after(now, ACCESS_TOKEN_SECONDS * 1000)).toISOString(),
    }),
  )
}
