import { registerAccount } from '../accounts/account.js'
import { confirmEmailChange, noticeMade, requestEmailChange } from './email-change.js'

const NOW = new Date('2026-01-01T12:00:00Z')
const ID = '01931f3e-0000-7000-8000-000000000001'
const link = (tokenHash: string) => ({
  ...{ id: ID, tokenHash, requestedAt: NOW },
  expiresAt: new Date(NOW.getTime() + 3_600_000),
})
const registration = {
  id: ID,
  handle: 'ada',
  email: 'ada@example.org',
  passwordHash: 'x',
  fullName: 'Ada',
  locale: 'en' as const,
  accepted: { terms: '1', privacy: '1' },
  verification: link('v'),
}
const verified = { ...registerAccount(registration, NOW).state, emailVerifiedAt: NOW }
const request = {
  ...{ email: 'eva@example.org', sessionId: 'mine' },
  ...{ confirmation: link('confirm'), freezing: link('freeze'), verification: link('verify') },
}
const changing = requestEmailChange(verified, request, NOW).state

describe('a change of the address', () => {
  it('takes no notice of another change for its own', () => {
    expect(noticeMade(changing, 'another', NOW).changed).toBe(false)
    expect(noticeMade(changing, ID, NOW).state.emailChange?.noticeAt).toEqual(NOW)
  })

  it.each([
    ['asked for', null, 0],
    ['running', NOW, 1],
  ])('ends a removal of lost factors that is %s', (_, startedAt, cancelled) => {
    const recovery = { id: ID, confirm: link('r'), cancel: null, startedAt, dueAt: startedAt, nextAt: startedAt }
    const losing = { ...changing, factors: { ...changing.factors, recovery } }
    const { state, events } = confirmEmailChange(losing, 'confirm', NOW)
    expect(state).toMatchObject({ email: 'eva@example.org', factors: { recovery: null } })
    const types = events.map(({ type }) => type)
    expect(types).toContain('identity.account.email-changed.v1')
    expect(types.filter((type) => type.includes('recovery-cancelled'))).toHaveLength(cancelled)
  })
})
