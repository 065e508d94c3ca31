import type { KillPoint } from '@mpics/tools/faults/kill-points'
import type { FaultySystem } from './faulty-system.js'
import type { Chance } from '../load/chance.js'

/** Kills a process at one of its fail-points, after a random number of passages. */
export async function dies(faulty: FaultySystem, at: KillPoint, chance: Chance): Promise<void> {
  const struck = faulty.strike(at.service, `${at.point}:kill:after${chance.below(at.maxBefore + 1)}`)
  if (at.point.startsWith('deadLetter')) await faulty.poison()
  await struck
}
