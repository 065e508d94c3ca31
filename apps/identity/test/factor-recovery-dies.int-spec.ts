import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { eventually } from '@mpics/testing/eventually'
import { faultyHarness } from './setup/faulty-harness.js'

describe('the end of a removal of lost factors', () => {
  const faulty = faultyHarness()

  const liveSessionsOf = (accountId: string) =>
    faulty.harness.collection('sessions').countDocuments({ accountId, endedAt: null })

  it('B50 ends every session though the work breaks off once the factors are gone', async () => {
    const { withTotp } = await import('./setup/factors.js')
    const { AdvanceRecoveries } = await import('../src/factor-recoveries/advance-recoveries.js')
    const person = await withTotp(faulty.harness)
    const [now, account] = [faulty.harness.clock.now(), { _id: person.id }]
    const recovery = { id: person.id, confirm: null, cancel: null, startedAt: now, dueAt: now, nextAt: now }
    await faulty.harness.collection('accounts').updateOne(account, { $set: { 'factors.recovery': recovery } })
    expect(await liveSessionsOf(person.id)).toBe(1)
    faulty.harness.pass(DAY_MS)
    faulty.arm('factor-recovery.afterSave:throw')
    await expect(faulty.harness.get(AdvanceRecoveries).advanceAll()).rejects.toThrow(
      'fail-point factor-recovery.afterSave',
    )
    expect(await faulty.harness.told(identity.factorRecoveryFinished, person.id)).toHaveLength(1)
    await eventually('the sessions to end', async () => (await liveSessionsOf(person.id)) === 0)
  })
})
