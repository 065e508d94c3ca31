import { setTimeout as delay } from 'node:timers/promises'
import type { Service } from '@mpics/tools/system/services'
import type { FaultySystem } from '../../support/faults/faulty-system.js'
import { survives } from '../../support/faults/run.js'
import { Chance } from '../../support/faults/seed.js'

const DOUBLED: readonly Service[] = ['identity', 'profiles', 'media', 'notifications', 'analytics']

export function replicaTests(faulty: () => FaultySystem): void {
  it('two replicas of each service, of which one dies', async () => {
    const { system } = faulty()
    const replicas = await Promise.all(DOUBLED.map((name) => faulty().replica(name)))
    await survives(faulty(), {
      fault: async (_, seed) => {
        const chance = new Chance(seed)
        for (const [i, name] of DOUBLED.entries()) {
          await faulty().progress(chance.below(6))
          if (name === 'notifications') faulty().senderDied()
          await (chance.below(2) ? replicas[i]!.killAndStay() : system.services[name].kill())
        }
      },
    })
  })

  it('a rebalance in the middle of a batch', async () => {
    await survives(faulty(), {
      fault: async (load, seed) => {
        const chance = new Chance(seed)
        const struck = faulty().strike('analytics', `consumer.beforeHandle:delay${100 + chance.below(200)}`)
        for (let round = 0; round < 2; round++) {
          const views = Promise.all(load.people.map((person) => viewOften(person)))
          const replica = await faulty().replica('analytics')
          await delay(chance.below(1_000))
          await replica.stop()
          await views
        }
        await struck
        faulty().disarm('analytics')
      },
    })
  })
}

const PAGES = ['/', '/explore', '/policies/privacy', '/help/cookies']

async function viewOften(person: { view(page: string): Promise<void> }): Promise<void> {
  for (let i = 0; i < 60; i++) await person.view(PAGES[i % PAGES.length]!)
}
