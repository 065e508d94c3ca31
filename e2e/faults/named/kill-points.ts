import { setTimeout as delay } from 'node:timers/promises'
import { killPoints, type KillPoint, titleOf } from '@mpics/tools/faults/kill-points'
import { serviceNames } from '@mpics/tools/system/services'
import { eventually } from '@mpics/tools/tour/eventually'
import { dies } from '../../support/faults/dies.js'
import type { FaultySystem } from '../../support/faults/faulty-system.js'
import { survives } from '../../support/faults/run.js'
import { Chance, newSeed } from '../../support/faults/seed.js'

/** One death of each service at once, until every point had its turn: as hard as one at a time, and sooner done. */
const rounds: KillPoint[][] = serviceNames
  .map((service) => killPoints.filter((point) => point.service === service))
  .reduce<KillPoint[][]>((all, points) => {
    for (const [i, point] of points.entries()) (all[i] ??= []).push(point)
    return all
  }, [])

export function killPointTests(faulty: () => FaultySystem): void {
  it.each(rounds.map((points) => [points.map(titleOf).join(', '), points] as const))(
    'kill -9 of %s',
    async (_, points) => {
      const seed = newSeed()
      const chance = new Chance(seed)
      const fault = () => Promise.all(points.map((point) => dies(faulty(), point, chance.fork())))
      await survives(faulty(), { seed, fault: async () => void (await fault()) })
    },
  )

  it('kill -9 of each service, one after the other, at any moment', async () => {
    const { services } = faulty().system
    await survives(faulty(), {
      fault: async (_, seed) => {
        const chance = new Chance(seed)
        for (const name of serviceNames) {
          await faulty().progress(chance.below(8))
          await delay(chance.below(500))
          const [before, pid] = [new Date(), services[name].pid]
          services[name].kill()
          if (name === 'notifications') faulty().senderDied(before)
          await eventually(`${name} to die`, async () => services[name].pid !== pid)
        }
      },
    })
  })
}
