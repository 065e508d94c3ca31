import type { KillPoint } from '@mpics/tools/faults/kill-points'
import { preparedAct } from './account-acts.js'
import type { FaultySystem } from './faulty-system.js'
import type { Chance } from '../load/chance.js'

type Act = Awaited<ReturnType<typeof preparedAct>>

/** Kills a process at one of its fail-points, after a random number of passages. `act` leads there where people do not by themselves. */
export async function dies(faulty: FaultySystem, at: KillPoint, chance: Chance, act?: Act): Promise<void> {
  const prepared = act ?? (await preparedAct(faulty, at.point))
  const struck = faulty.strike(at.service, `${at.point}:kill:after${chance.below(at.maxBefore + 1)}`)
  if (at.point.startsWith('deadLetter')) await faulty.poison()
  await Promise.all([struck, prepared?.()])
}
