import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import type { ServiceHarness } from './setup/service-harness.js'

const DAY_MS = 24 * 60 * 60_000

describe('the end of a removal of lost factors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-recovery-dies-'))
  const fault = join(folder, 'fault')
  let harness: ServiceHarness

  beforeAll(async () => {
    // before the service is loaded: it reads at its start which file arms its fail-points
    process.env['FAULT'] = `@${fault}`
    harness = await (await import('./setup/service-harness.js')).ServiceHarness.open()
    delete process.env['FAULT']
    jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    await harness.close()
    rmSync(folder, { recursive: true })
  })

  const liveSessionsOf = (accountId: string) =>
    harness.collection('sessions').countDocuments({ accountId, endedAt: null })

  it('B50 ends every session though the work breaks off once the factors are gone', async () => {
    const { withTotp } = await import('./setup/factors.js')
    const { AdvanceRecoveries } = await import('../src/factor-recoveries/advance-recoveries.js')
    const person = await withTotp(harness)
    const [now, account] = [harness.clock.now(), { _id: person.id }]
    const recovery = { id: person.id, confirm: null, cancel: null, startedAt: now, dueAt: now, nextAt: now }
    await harness.collection('accounts').updateOne(account, { $set: { 'factors.recovery': recovery } })
    expect(await liveSessionsOf(person.id)).toBe(1)
    harness.pass(DAY_MS)
    writeFileSync(fault, 'factor-recovery.afterSave:throw')
    await expect(harness.get(AdvanceRecoveries).advanceAll()).rejects.toThrow('fail-point factor-recovery.afterSave')
    expect(await harness.told(identity.factorRecoveryFinished, person.id)).toHaveLength(1)
    await eventually('the sessions to end', async () => (await liveSessionsOf(person.id)) === 0)
  })
})
