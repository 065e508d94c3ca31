import {
  type Account,
  changeSettings,
  forgetFullName,
  mailVerification,
  registerAccount,
  rehashPassword,
  requestPasswordReset,
  requestVerification,
  resetPassword,
  verifyEmail,
} from './account.js'
import { LinkExpiredError } from './account.errors.js'

const now = new Date('2026-03-01T12:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const link = (n: number) => ({
  id: `01931f3e-0000-7000-8000-00000000000${n}`,
  tokenHash: `hash-${n}`,
  requestedAt: now,
  expiresAt: later(1000),
})

const registration = () =>
  registerAccount(
    {
      id: '01931f3e-0000-7000-8000-000000000001',
      handle: 'Ada_L',
      email: 'Ada@Example.org',
      passwordHash: '$argon2id$old',
      fullName: 'Ada Lovelace',
      locale: 'de',
      accepted: { terms: '2015-03-14', privacy: '2015-03-14' },
      verification: link(1),
    },
    now,
  )
const account = (changes: Partial<Account> = {}): Account => ({ ...registration().state, ...changes })

describe('registering', () => {
  it('states ids and times, nothing that a person entered', () => {
    const { events } = registration()
    expect(events.map((e) => e.type)).toEqual([
      'identity.account.registered.v1',
      'identity.account.verification-requested.v1',
    ])
    expect(JSON.stringify(events)).not.toMatch(/ada|lovelace|example|argon/i)
  })

  it('compares handle and address without regard to case, and keeps them as they were entered', () => {
    expect(account()).toMatchObject({
      handle: 'Ada_L',
      handleKey: 'ada_l',
      email: 'Ada@Example.org',
      emailKey: 'ada@example.org',
      emailVerifiedAt: null,
    })
  })

  it('B60 keeps when the age was checked, and no birth date', () => {
    expect(account().ageCheckedAt).toEqual(now)
    expect(Object.keys(account()).join()).not.toMatch(/birth/i)
  })
})

describe('verifying the address', () => {
  const mailed = () => mailVerification(account(), link(2)).state

  it('works before the link expires', () => {
    expect(() => verifyEmail(account(), 'hash-1', later(1000))).toThrow(LinkExpiredError)
    expect(() => verifyEmail(account(), 'hash-2', now)).toThrow(LinkExpiredError)
    const { state, events } = verifyEmail(account(), 'hash-1', later(999))
    expect(state.emailVerifiedAt).toEqual(later(999))
    expect(events.map((e) => e.type)).toEqual(['identity.account.email-verified.v1'])
  })

  it('is asked for once while a mail is waited for', () => {
    expect(requestVerification(account(), link(2)).changed).toBe(false)
    const { state, events } = requestVerification(mailed(), link(3))
    expect(events.map((e) => e.type)).toEqual(['identity.account.verification-requested.v1'])
    expect(requestVerification(state, link(4)).changed).toBe(false)
  })

  it('prolongs a link that was mailed, and makes another one when it has ended', () => {
    const next = { ...link(3), requestedAt: later(500), expiresAt: later(1500) }
    const prolonged = requestVerification(mailed(), next).state.verification
    expect(prolonged).toMatchObject({ tokenHash: 'hash-1', expiresAt: later(1500), mailedAt: null })
    const late = { ...link(4), requestedAt: later(1500), expiresAt: later(2500) }
    expect(mailVerification({ ...account(), verification: prolonged }, late).state.verification).toEqual({
      ...late,
      mailedAt: late.requestedAt,
    })
  })

  it('changes nothing when the link is followed again', () => {
    const verified = verifyEmail(account(), 'hash-1', now).state
    expect(verifyEmail(verified, 'hash-1', later(500))).toMatchObject({ changed: false, events: [] })
  })

  it('sends no further mail to a verified address', () => {
    expect(requestVerification(account({ emailVerifiedAt: now }), link(2))).toMatchObject({
      changed: false,
      events: [],
    })
  })
})

describe('resetting the password', () => {
  const asked = () => requestPasswordReset(account(), link(3)).state
  const change = { tokenHash: 'hash-3', passwordHash: '$argon2id$new' }

  it('works once', () => {
    const { state, events } = resetPassword(asked(), change, now)
    expect(state).toMatchObject({ passwordHash: '$argon2id$new', passwordChangedAt: now, reset: null })
    expect(events.map((e) => e.type)).toEqual(['identity.account.password-changed.v1'])
    expect(() => resetPassword(state, change, now)).toThrow(LinkExpiredError)
  })

  it('works with each link that was mailed and has not ended, and ends all of them', () => {
    const again = requestPasswordReset(asked(), { ...link(4), requestedAt: later(900), expiresAt: later(1900) }).state
    const { state } = resetPassword(again, change, later(950))
    expect(state).toMatchObject({ reset: null, earlierResets: [] })
    const last = { ...link(5), requestedAt: later(1100), expiresAt: later(2100) }
    expect(requestPasswordReset(again, last).state.earlierResets.map(({ id }) => id)).toEqual([link(4).id])
  })

  it('moves the version of the credentials, for no session', () => {
    const moved = { credentialVersion: 2, credentialsMovedBy: null }
    expect(resetPassword(asked(), change, now).state).toMatchObject(moved)
  })

  it('refuses an expired link, another one, and the link of a verification mail', () => {
    expect(() => resetPassword(asked(), change, later(1000))).toThrow(LinkExpiredError)
    expect(() => resetPassword(asked(), { ...change, tokenHash: 'hash-9' }, now)).toThrow(LinkExpiredError)
    expect(() => resetPassword(asked(), { ...change, tokenHash: 'hash-1' }, now)).toThrow(LinkExpiredError)
  })
})

it('rehashes only the password that was checked', () => {
  expect(rehashPassword(account(), '$argon2id$old', 'stronger').state.passwordHash).toBe('stronger')
  expect(rehashPassword(account({ passwordHash: 'reset since' }), '$argon2id$old', 'stronger').changed).toBe(false)
})

it('forgets the full name once profiles has it', () => {
  const forgotten = forgetFullName(account())
  expect(forgotten.state.fullName).toBeNull()
  expect(forgetFullName(forgotten.state).changed).toBe(false)
})

it('changes only the settings that are given', () => {
  expect(changeSettings(account(), { timeZone: 'Europe/Berlin' }).state).toMatchObject({
    locale: 'de',
    timeZone: 'Europe/Berlin',
  })
  expect(changeSettings(account(), { locale: 'de' }).changed).toBe(false)
})
