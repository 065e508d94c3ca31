import type { KillPoint } from '@mpics/tools/faults/kill-points'
import { PassingTime } from '../../driver/passing-time.js'
import { preparedAct } from './account-acts.js'
import { crowd } from './crowd.js'
import type { FaultySystem } from './faulty-system.js'
import type { Chance } from '../load/chance.js'

/** The signal says that the fault has struck, or never will. */
type Act = ((over: AbortSignal) => Promise<void>) | undefined

/** Kills a process at one of its fail-points, after a random number of passages. `act` leads there where people do not by themselves. */
export async function dies(faulty: FaultySystem, at: KillPoint, chance: Chance, act?: Act): Promise<void> {
  const prepared = act ?? (await leadingTo(faulty, at))
  const over = new AbortController()
  const struck = strikes(faulty, at, chance).finally(() => over.abort())
  if (at.point.startsWith('deadLetter')) await faulty.poison()
  await Promise.all([struck, prepared?.(over.signal)])
}

async function leadingTo(faulty: FaultySystem, { point }: KillPoint): Promise<Act> {
  return point.startsWith('transaction.') ? (over) => crowd(faulty, over) : preparedAct(faulty, point)
}

async function strikes(faulty: FaultySystem, { service, point, maxBefore }: KillPoint, chance: Chance): Promise<void> {
  await faulty.strike(service, `${point}:kill:after${chance.below(maxBefore + 1)}`)
  if (point === 'erasure.afterMail') await new PassingTime(faulty.system).endLastMailLeases()
}
