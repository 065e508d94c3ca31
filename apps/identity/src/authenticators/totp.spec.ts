import { ADA, ada, linkOf } from '../../test/setup/ada.js'
import type { Account } from '../accounts/account.js'
import { memberGrant } from '../roles/role-grants.js'
import { refuseFactor } from './refused-factors.js'
import { beginTotp, confirmTotp, removeTotp, takeTotpStep } from './totp.js'
import { hashOfRecoveryCode, isRecoveryCode, newRecoveryCodes, takeRecoveryCode } from './recovery-codes.js'

const NOW = new Date('2026-01-31T12:00:00Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)
const link = linkOf('x', NOW, 0)
const plain = ada(NOW)
let seed = 0
const codes = newRecoveryCodes((bytes) => new Uint8Array(bytes).map((_, i) => i + seed++))
const confirmation = { step: 7, recoveryCodes: codes, actingSessionId: 'mine' }
const started = beginTotp(plain, 'sealed', NOW).state
const active = confirmTotp(started, confirmation, NOW).state
const types = ({ events }: { events: readonly { type: string }[] }) => events.map(({ type }) => type)

describe('an authenticator app', () => {
  it('counts once it is confirmed, which moves the credentials and makes recovery codes', () => {
    expect(started.credentialVersion).toBe(plain.credentialVersion)
    expect(active).toMatchObject({ credentialVersion: plain.credentialVersion + 1, credentialsMovedBy: 'mine' })
    expect(active.factors.recoveryCodes).toEqual(codes.map(hashOfRecoveryCode))
    expect(() => confirmTotp(active, confirmation, NOW)).toThrow(/in use/)
    expect(() => beginTotp(active, 'other', NOW)).toThrow(/in use/)
    expect(() => confirmTotp(plain, confirmation, NOW)).toThrow(/no such factor/)
  })

  it('takes each time step once, and none before the last', () => {
    expect(takeTotpStep(active, 7, 'sealed', NOW).changed).toBe(false)
    expect(takeTotpStep(active, 6, 'sealed', NOW).changed).toBe(false)
    const taken = takeTotpStep(active, 8, 'sealed anew', NOW).state
    expect(taken.factors.totp).toMatchObject({ lastStep: 8, secret: 'sealed anew' })
    expect(takeTotpStep(taken, 8, 'sealed', NOW).changed).toBe(false)
    expect(takeTotpStep(started, 8, 'sealed', NOW).changed).toBe(false)
  })

  it('takes the recovery codes with it', () => {
    const removed = removeTotp(active, 'mine', NOW)
    expect(removed.state.factors).toMatchObject({ totp: null, recoveryCodes: [] })
    expect(types(removed)).toEqual(['identity.account.factor-removed.v1'])
    expect(types(removeTotp(started, 'mine', NOW))).toEqual([])
  })

  it('takes the roles of the staff out of the tokens when it was the last factor', () => {
    const staff = { ...active, grants: [...active.grants, { ...memberGrant(NOW), role: 'moderator' }] }
    const removed = removeTotp(staff, 'mine', NOW)
    expect(types(removed)).toEqual(['identity.account.factor-removed.v1', 'identity.account.roles-changed.v1'])
    expect(removed.state.rolesVersion).toBe(staff.rolesVersion + 1)
    const keeper = { ...staff, factors: { ...staff.factors, passkeys: [{ id: 'k' }] } } as unknown as Account
    expect(types(removeTotp(keeper, 'mine', NOW))).toEqual(['identity.account.factor-removed.v1'])
  })

  it('makes recovery codes beside a passkey, which has none', () => {
    const passkeys = [{ id: 'k' }]
    const beside = { ...started, factors: { ...started.factors, passkeys } } as unknown as Account
    expect(confirmTotp(beside, confirmation, NOW).state.factors.recoveryCodes).toHaveLength(codes.length)
  })
})

describe('a recovery code', () => {
  it('has 28 letters in groups, none of which is mistaken for another', () => {
    for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}$/)
    expect(isRecoveryCode(codes[0]!)).toBe(true)
    expect(isRecoveryCode('492039')).toBe(false)
  })

  it('works once, and keeps factors whose removal is under way', () => {
    const recovery = { id: ADA, confirm: link, cancel: link, startedAt: NOW, dueAt: later(1), nextAt: later(1) }
    const losing = { ...active, factors: { ...active.factors, recovery } }
    const used = takeRecoveryCode(losing, codes[3]!, NOW)
    expect(used.state.factors).toMatchObject({
      recovery: null,
      recoveryCodes: codes.toSpliced(3, 1).map(hashOfRecoveryCode),
    })
    expect(types(used)).toEqual([
      'identity.account.recovery-code-used.v1',
      'identity.account.factor-recovery-cancelled.v1',
    ])
    expect(takeRecoveryCode(used.state, codes[3]!, NOW).changed).toBe(false)
  })
})

describe('wrong factors after the right password', () => {
  const refused = (account: Account, times: number, at: Date) => {
    const events: string[] = []
    for (let i = 0; i < times; i++) {
      const decision = refuseFactor(account, at)
      account = decision.state
      events.push(...types(decision))
    }
    return { account, events }
  }

  it('are told once a day, and again of those who know a new password', () => {
    const told = refused(active, 9, later(1))
    expect(told.events).toEqual(['identity.account.factors-guessed.v1'])
    expect(refused(told.account, 9, later(2)).events).toEqual([])
    const changed = { ...told.account, passwordChangedAt: later(3) }
    expect(refused(changed, 4, later(4)).events).toEqual([])
    expect(refused(changed, 5, later(4)).events).toHaveLength(1)
    expect(refused(told.account, 5, later(86_400_001)).events).toHaveLength(1)
  })
})
