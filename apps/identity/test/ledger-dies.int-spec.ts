import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity } from '@mpics/contracts'
import { PersonalData } from '@mpics/mongo'
import type { ServiceHarness } from './setup/service-harness.js'

const DAY_MS = 24 * 60 * 60_000

describe('a ledger, though the work breaks off,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpics-ledger-dies-'))
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

  const someone = async () => {
    const [{ register }, { give }] = [await import('./setup/people.js'), await import('./setup/consents.js')]
    const { id } = await register(harness)
    await give(harness, id, 'email-news')
    return id
  }

  it('lies under one root of its day', async () => {
    const { CloseDays } = await import('../src/ledger-roots/close-days.js')
    await someone()
    harness.pass(2 * DAY_MS)
    writeFileSync(fault, 'ledger-root.beforeSave:throw')
    await expect(harness.get(CloseDays).closeAll()).rejects.toThrow('fail-point ledger-root.beforeSave')
    expect(await harness.collection('ledger_roots').countDocuments()).toBe(0)
    writeFileSync(fault, '')
    await harness.get(CloseDays).closeAll()
    await harness.service.untilIdle()
    const roots = (await harness.service.events(identity.rootPublished)).map(({ data }) => data)
    expect(roots.map(({ entries }) => entries)).toEqual(roots.map(() => 1))
    expect(await harness.collection('ledger_leaves').countDocuments()).toBe(1)
  })

  it('is erased once, and leaves one chain without a name', async () => {
    const { eraseAll, eraseOnce } = await import('@mpics/testing')
    const id = await someone()
    writeFileSync(fault, 'ledger.afterKeep:throw')
    await expect(eraseOnce(harness.get(PersonalData), id)).rejects.toThrow('fail-point ledger.afterKeep')
    const stored = await harness.collection('consents').findOne({ _id: id })
    expect(JSON.stringify(stored?.['entries'])).not.toContain('email-news')
    writeFileSync(fault, '')
    await eraseAll(harness.get(PersonalData), id)
    expect(await harness.collection('consents').findOne({ _id: id })).toBeNull()
    const kept = await harness.collection('erased_ledgers').find().toArray()
    expect(kept.map(({ entries }) => (entries as { kind: string }[]).map(({ kind }) => kind))).toEqual([
      ['consent', 'erasure'],
    ])
  })
})
