import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { PersonalData } from '@mpics/mongo'
import { faultyHarness } from './setup/faulty-harness.js'

describe('a ledger, though the work breaks off,', () => {
  const faulty = faultyHarness()

  const someone = async () => {
    const [{ register }, { give }] = [await import('./setup/people.js'), await import('./setup/consents.js')]
    const { id } = await register(faulty.harness)
    await give(faulty.harness, id, 'email-news')
    return id
  }

  it('lies under one root of its day', async () => {
    const { CloseDays } = await import('../src/ledger-roots/close-days.js')
    await someone()
    faulty.harness.pass(2 * DAY_MS)
    faulty.arm('ledger-root.beforeSave:throw')
    await expect(faulty.harness.get(CloseDays).closeAll()).rejects.toThrow('fail-point ledger-root.beforeSave')
    expect(await faulty.harness.collection('ledger_roots').countDocuments()).toBe(0)
    faulty.arm('')
    await faulty.harness.get(CloseDays).closeAll()
    await faulty.harness.service.untilIdle()
    const roots = (await faulty.harness.service.events(identity.rootPublished)).map(({ data }) => data)
    expect(roots.map(({ entries }) => entries)).toEqual(roots.map(() => 1))
    expect(await faulty.harness.collection('ledger_leaves').countDocuments()).toBe(1)
  })

  it('is erased once, and leaves one chain without a name', async () => {
    const { eraseAll, eraseOnce } = await import('@mpics/testing')
    const id = await someone()
    faulty.arm('ledger.afterKeep:throw')
    await expect(eraseOnce(faulty.harness.get(PersonalData), id)).rejects.toThrow('fail-point ledger.afterKeep')
    const stored = await faulty.harness.collection('consents').findOne({ _id: id })
    expect(JSON.stringify(stored?.['entries'])).not.toContain('email-news')
    faulty.arm('')
    await eraseAll(faulty.harness.get(PersonalData), id)
    expect(await faulty.harness.collection('consents').findOne({ _id: id })).toBeNull()
    const kept = await faulty.harness.collection('erased_ledgers').find().toArray()
    expect(kept.map(({ entries }) => (entries as { kind: string }[]).map(({ kind }) => kind))).toEqual([
      ['consent', 'erasure'],
    ])
  })
})
