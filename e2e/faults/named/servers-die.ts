import type { FaultySystem } from '../../support/faults/faulty-system.js'
import { OUTAGE_MS, outage } from '../../support/faults/outages.js'
import { survives } from '../../support/faults/run.js'
import { Chance } from '../../support/faults/seed.js'

const SECONDS = OUTAGE_MS / 1000

export function serversDieTests(faulty: () => FaultySystem): void {
  it.each(['kafka', 'mongodb'] as const)(`kill -9 of %s, which stays away for ${SECONDS} s`, async (name) => {
    await survives(faulty(), {
      steps: 12,
      fault: async (_, seed) => {
        await faulty().progress(new Chance(seed).below(25))
        await outage(faulty().stack.servers[name]!)
      },
    })
  })
}
