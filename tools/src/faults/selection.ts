import { UserFacingError } from '../environment/user-facing-error.js'
import type { FinishedRun } from './finished-runs.js'
import { everyKillPoint, titleOf } from './kill-points.js'

export const NAMED = 'the named faults, with long outages'

const titles = [NAMED, ...everyKillPoint.map(titleOf)]

/** All titles, or those that have these words in them. */
export function selected(only = ''): string[] {
  const found = titles.filter((title) => title.includes(only))
  if (found.length === 0)
    throw new UserFacingError(`Nothing here is called “${only}”. There are:\n${titles.join('\n')}`)
  return found
}

export function wantedRuns(title: string, seeds: string): number {
  const count = Number(seeds)
  if (!Number.isInteger(count) || count < 1) throw new UserFacingError(`--seeds is a number from 1 up, not “${seeds}”.`)
  return title === NAMED ? 1 : count
}

/** The runs that a title still lacks; empty when it was run as often as wanted and passed each time. */
export function lacking(title: string, wanted: number, runs: readonly FinishedRun[]): string[] {
  const mine = runs.filter(({ what }) => what === title)
  const failed = mine.filter(({ ok }) => !ok).length
  return [
    ...(failed > 0 ? [`${title}: ${failed} runs failed`] : []),
    ...(mine.length < wanted ? [`${title}: only ${mine.length} of ${wanted} runs came to an end`] : []),
  ]
}
