import { NOBODY } from '@mpics/contracts'
import type { Account } from '../accounts/account.js'
import { credentialsOf, movedCredentials } from '../accounts/credentials.js'
import { noFactors } from '../accounts/factors.js'
import {
  bindSession,
  endSession,
  isFreshlyProved,
  openSession,
  proves,
  refreshSession,
  type Session,
} from './session.js'
import { SessionEndedError } from './session.errors.js'

const now = new Date('2026-03-01T12:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const MINUTES = 60
const DAYS = 24 * 60 * MINUTES

const account = (changes: Partial<Account> = {}) =>
  ({
    credentialVersion: 1,
    credentialsMovedBy: null,
    passwordChangedAt: now,
    credentialsMovedAt: now,
    ...changes,
  }) as Account
const open = (changes: Partial<Session> = {}): Session => ({
  ...openSession(
    {
      id: '01931f3e-0000-7000-8000-00000000000c',
      accountId: '01931f3e-0000-7000-8000-000000000001',
      credentials: credentialsOf(account()),
      browser: 'Firefox on Linux',
      country: null,
      sharedComputer: changes.sharedComputer ?? false,
      knownBrowserHash: null,
      provedBy: ['password'],
      refreshHash: 'h0',
    },
    true,
    now,
  ).state,
  ...changes,
})
const use = (hash: string, browser = 'Firefox on Linux') => ({ hash, successorHash: `${hash}+`, browser })

describe('refreshing', () => {
  it('changes the token for its successor', () => {
    expect(refreshSession(open(), use('h0'), later(60))).toMatchObject({
      changed: true,
      events: [],
      state: { refreshHash: 'h0+', lastSeenAt: later(60) },
    })
  })

  it('changes nothing for a second use within ten seconds, even after the successor was used', () => {
    const once = refreshSession(open(), use('h0'), later(60)).state
    expect(refreshSession(once, use('h0'), later(69)).changed).toBe(false)
    const twice = refreshSession(once, use('h0+'), later(65)).state
    expect(refreshSession(twice, use('h0'), later(69))).toMatchObject({ changed: false, state: { endedAt: null } })
  })

  it.each([
    ['after ten seconds', 'Firefox on Linux', 70],
    ['from another browser', 'Chrome on Windows', 61],
  ])('ends the session for a second use %s', (_, browser, at) => {
    const once = refreshSession(open(), use('h0'), later(60)).state
    const { state, events } = refreshSession(once, use('h0', browser), later(at))
    expect(state).toMatchObject({ endedBy: 'refresh-reused', endedAt: later(at) })
    expect(events.map((e) => e.type)).toEqual(['identity.session.revoked.v1'])
  })

  it('lives 30 days without use, and 90 days at most', () => {
    expect(() => refreshSession(open(), use('h0'), later(30 * DAYS))).toThrow(SessionEndedError)
    let session = open()
    for (const day of [29, 58, 87]) session = refreshSession(session, use(session.refreshHash), later(day * DAYS)).state
    expect(session.idleUntil).toEqual(session.expiresAt)
    expect(() => refreshSession(session, use(session.refreshHash), later(90 * DAYS))).toThrow(SessionEndedError)
  })

  it('B49 idles out after 15 minutes on a shared computer', () => {
    const shared = open({ sharedComputer: true })
    expect(refreshSession(shared, use('h0'), later(14 * MINUTES)).changed).toBe(true)
    expect(() => refreshSession(shared, use('h0'), later(15 * MINUTES))).toThrow(SessionEndedError)
  })
})

describe('proving the credentials of the account', () => {
  const moved = (by: string | null) => account(movedCredentials(account(), by, now))

  it('holds until they move, or a replica of an earlier release changes the password', () => {
    expect(proves(open(), account())).toBe(true)
    expect(proves(open(), moved(null))).toBe(false)
    expect(proves(open(), account({ passwordChangedAt: later(1) }))).toBe(false)
  })

  it('holds on for the session that moved them, until another one does', () => {
    const [acting, other] = [open(), open({ id: '01931f3e-0000-7000-8000-00000000000d' })]
    const after = moved(acting.id)
    expect([proves(acting, after), proves(other, after)]).toEqual([true, false])
    const bound = bindSession(acting, after).state
    expect(proves(bound, after)).toBe(true)
    for (const session of [acting, bound])
      expect(proves(session, account(movedCredentials(after, other.id, now)))).toBe(false)
  })

  it('goes by time for a session of an earlier release until it ends', () => {
    const former = open({ credentials: null })
    expect(proves(former, account())).toBe(true)
    expect(proves(former, account({ passwordChangedAt: later(1) }))).toBe(false)
    expect(proves(former, account(movedCredentials(account(), null, later(1))))).toBe(false)
    expect(bindSession(former, account())).toMatchObject({ changed: false, state: { credentials: null } })
  })
})

describe('ending', () => {
  it('B31 tells, to the hour and of no account, until when access tokens must be refused', () => {
    const end = (seconds: number) => endSession(open(), 'logged-off', later(seconds)).events[0]?.data
    expect(end(0)).toMatchObject({ accountId: NOBODY, expiresAt: '2026-03-01T13:00:00.000Z' })
    expect(end(3000)).toMatchObject({ expiresAt: '2026-03-01T13:00:00.000Z' })
    expect(end(3001)).toMatchObject({ expiresAt: '2026-03-01T14:00:00.000Z' })
  })

  it('happens once', () => {
    const ended = endSession(open(), 'logged-off', now).state
    expect(endSession(ended, 'ended-elsewhere', later(1))).toMatchObject({ changed: false, events: [] })
    expect(refreshSession(ended, use('h0'), later(1)).changed).toBe(false)
  })
})

describe('B50 a fresh proof', () => {
  const passkeys = [{ id: 'k' }] as unknown as Account['factors']['passkeys']
  const withFactor = account({ factors: { ...noFactors, passkeys } })
  const without = account({ factors: noFactors })

  it('is a factor where the account has one, also in a session in which none was ever shown', () => {
    const [byPassword, byFactor] = [open(), open({ factorProvedAt: now })]
    expect([byPassword, byFactor].map((session) => isFreshlyProved(session, withFactor, now))).toEqual([false, true])
    expect(isFreshlyProved(byPassword, without, now)).toBe(true)
  })

  it('lasts ten minutes, whatever else was proved since', () => {
    const session = open({ provedAt: later(600), factorProvedAt: now })
    expect([599, 600].map((at) => isFreshlyProved(session, withFactor, later(at)))).toEqual([true, false])
  })
})
