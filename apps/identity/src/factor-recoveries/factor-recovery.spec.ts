import { HOUR_MS } from '@mpics/contracts/durations'
import { ada, linkOf, passkeyNamed } from '../../test/setup/ada.js'
import type { Account } from '../accounts/account.js'
import { addPasskey } from '../passkeys/passkey.js'
import { advanceRecovery, cancelRecovery, confirmRecovery, requestRecovery } from './factor-recovery.js'

const REGISTERED = new Date('2026-01-01T12:00:00Z')
const NOW = new Date(REGISTERED.getTime() + 7 * 24 * HOUR_MS)
const after = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS)
const linkAt = (tokenHash: string, requestedAt: Date, hours = 96) => linkOf(tokenHash, requestedAt, hours)
const passkey = passkeyNamed('one', NOW)
const plain = ada(REGISTERED)
const account = addPasskey(plain, { passkey, actingSessionId: 'mine' }, REGISTERED).state
const asked = requestRecovery(account, linkAt('confirm', NOW, 1)).state
const start = (from: Account, now = NOW) =>
  confirmRecovery(from, { tokenHash: 'confirm', cancel: linkAt('cancel', now) }, now)
const running = start(asked).state
const types = ({ events }: { events: readonly { type: string }[] }) =>
  events.map(({ type }) => type.slice('identity.account.factor-recovery-'.length, -'.v1'.length))

describe('the removal of lost factors', () => {
  it('is asked for seven days after the password has changed, and only where there are factors', () => {
    expect(() => requestRecovery(account, linkAt('x', new Date(NOW.getTime() - 1)))).toThrow(/seven days/)
    expect(requestRecovery(plain, linkAt('x', NOW)).changed).toBe(false)
    expect(requestRecovery(running, linkAt('x', NOW)).changed).toBe(false)
  })

  it('starts once, by the link in the mail, while that works', () => {
    expect(types(start(asked))).toEqual(['announced'])
    expect(start(running).changed).toBe(false)
    expect(() => start(asked, after(1))).toThrow(/does not work/)
    expect(() => start({ ...asked, passwordChangedAt: after(0.5) }, after(0.6))).toThrow(/does not work/)
  })

  it('is told daily and done after 72 hours, once, however late one looks', () => {
    expect(advanceRecovery(running, after(23.9)).changed).toBe(false)
    const told = advanceRecovery(running, after(24))
    expect(types(told)).toEqual(['announced'])
    expect(advanceRecovery(told.state, after(24)).changed).toBe(false)
    const late = advanceRecovery(running, after(60)).state
    expect(late.factors.recovery?.nextAt).toEqual(after(72))
    const done = advanceRecovery(late, after(72))
    expect(types(done)).toEqual(['finished'])
    expect(done.state).toMatchObject({ credentialVersion: running.credentialVersion + 1, credentialsMovedBy: null })
    expect(done.state.factors).toMatchObject({ passkeys: [], recovery: null })
    expect(advanceRecovery(done.state, after(100)).changed).toBe(false)
  })

  it('is over with a click in a mail, or a password that changed meanwhile', () => {
    expect(types(cancelRecovery(running, 'cancel', after(1)))).toEqual(['cancelled'])
    expect(() => cancelRecovery(running, 'other', after(1))).toThrow(/does not work/)
    const changed = advanceRecovery({ ...running, passwordChangedAt: after(1) }, after(72))
    expect(types(changed)).toEqual(['cancelled'])
    expect(changed.state.factors.passkeys).toHaveLength(1)
  })
})
