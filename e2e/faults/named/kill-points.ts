import { setTimeout as delay } from 'node:timers/promises'
import {
  accountLifePoints,
  erasurePoints,
  exportPoints,
  killPoints,
  type KillPoint,
  titleOf,
} from '@mpics/tools/faults/kill-points'
import { serviceNames } from '@mpics/tools/environment/system/services'
import { eventually } from '@mpics/testing/eventually'
import { preparedAct } from '../system/account-acts.js'
import { dies } from '../system/dies.js'
import type { FaultySystem } from '../system/faulty-system.js'
import { survives } from '../system/survives.js'
import { Chance, newSeed } from '../load/chance.js'

/** Deaths of one service in one round. Each needs a new process first, so more would only take longer. */
const DEATHS = 2

const MEANWHILE: readonly KillPoint[] = [
  { service: 'profiles', point: 'consumer.afterHandle', maxBefore: 3 },
  { service: 'media', point: 'consumer.beforeHandle', maxBefore: 9 },
]

/** Each service dies at its points in turn, all services side by side: as hard as one at a time, and sooner done. */
const rounds: KillPoint[][][] = serviceNames
  .map((service) => killPoints.filter((point) => point.service === service))
  .reduce<KillPoint[][][]>((all, points) => {
    for (let i = 0; i < points.length; i += DEATHS) (all[i / DEATHS] ??= []).push(points.slice(i, i + DEATHS))
    return all
  }, [])

const titleOfRound = (round: readonly (readonly KillPoint[])[]) => round.flat().map(titleOf).join(', ')

/** Several deaths of a service in one erasure. The one before may have kept all but the last answer from being noted. */
async function inTurn(faulty: FaultySystem, points: readonly KillPoint[], chance: Chance): Promise<void> {
  for (const at of points) {
    const maxBefore = at.point === 'erasure.beforeNote' ? 0 : at.maxBefore
    await dies(faulty, { ...at, maxBefore }, chance, nobodyActs)
  }
}

const nobodyActs = () => Promise.resolve()

export function killPointTests(faulty: () => FaultySystem): void {
  it.each(rounds.map((round) => [titleOfRound(round), round] as const))('kill -9 of %s', async (_, round) => {
    const seed = newSeed()
    const chance = new Chance(seed)
    const oneAfterTheOther = async (points: KillPoint[], own: Chance) => {
      for (const point of points) await dies(faulty(), point, own)
    }
    const fault = () => Promise.all(round.map((points) => oneAfterTheOther(points, chance.fork())))
    await survives(faulty(), { seed, fault: async () => void (await fault()) })
  })

  it(`kill -9 of ${titleOfRound([accountLifePoints])}, while projections of accounts die, too`, async () => {
    const seed = newSeed()
    const chance = new Chance(seed)
    const changing = async (own: Chance) => {
      const acts = await Promise.all(accountLifePoints.map(({ point }) => preparedAct(faulty(), point)))
      for (const [i, point] of accountLifePoints.entries()) await dies(faulty(), point, own, acts[i])
    }
    const projecting = () => MEANWHILE.map((point) => dies(faulty(), point, chance.fork()))
    const fault = async () => void (await Promise.all([changing(chance.fork()), ...projecting()]))
    await survives(faulty(), { seed, fault, newcomers: 1 })
  })

  it(`kill -9 of ${titleOfRound([exportPoints, erasurePoints])}`, async () => {
    const seed = newSeed()
    const chance = new Chance(seed)
    const fault = async () => {
      const leaving = await preparedAct(faulty(), 'erasure.afterOpen')
      for (const point of exportPoints) await dies(faulty(), point, chance)
      const turns = [...Map.groupBy(erasurePoints, ({ service }) => service).values()].map((points) => {
        return inTurn(faulty(), points, chance.fork())
      })
      await Promise.all([leaving!(), ...turns])
    }
    await survives(faulty(), { seed, fault, newcomers: 1 })
  })

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
