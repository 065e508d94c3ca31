import { ADA, ada, linkOf } from '../../test/setup/ada.js'
import { confirmEmailChange, noticeMade, requestEmailChange } from './email-change.js'

const NOW = new Date('2026-01-01T12:00:00Z')
const link = (tokenHash: string) => linkOf(tokenHash, NOW)
const verified = { ...ada(NOW), emailVerifiedAt: NOW }
const request = {
  ...{ email: 'eva@example.org', sessionId: 'mine' },
  ...{ confirmation: link('confirm'), freezing: link('freeze'), verification: link('verify') },
}
const changing = requestEmailChange(verified, request, NOW).state

describe('a change of the address', () => {
  it('takes no notice of another change for its own', () => {
    expect(noticeMade(changing, 'another', NOW).changed).toBe(false)
    expect(noticeMade(changing, ADA, NOW).state.emailChange?.noticeAt).toEqual(NOW)
  })

  it.each([
    ['asked for', null, 0],
    ['running', NOW, 1],
  ])('ends a removal of lost factors that is %s', (_, startedAt, cancelled) => {
    const recovery = { id: ADA, confirm: link('r'), cancel: null, startedAt, dueAt: startedAt, nextAt: startedAt }
    const losing = { ...changing, factors: { ...changing.factors, recovery } }
    const { state, events } = confirmEmailChange(losing, 'confirm', NOW)
    expect(state).toMatchObject({ email: 'eva@example.org', factors: { recovery: null } })
    const types = events.map(({ type }) => type)
    expect(types).toContain('identity.account.email-changed.v1')
    expect(types.filter((type) => type.includes('recovery-cancelled'))).toHaveLength(cancelled)
  })
})
