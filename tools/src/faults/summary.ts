import type { FinishedRun } from './finished-runs.js'

export const repeat = ({ what, seed }: Pick<FinishedRun, 'what' | 'seed'>): string =>
  `SEED=${seed} npm run faults -- --only "${what}"`

/** Sums up all runs so far. */
export function summary(runs: readonly FinishedRun[]): string {
  const byWhat = [...Map.groupBy(runs, ({ what }) => what)]
  const failed = runs.filter(({ ok }) => !ok)
  const passed = (some: readonly FinishedRun[]) => some.filter(({ ok }) => ok).length
  return [
    ...byWhat.map(([what, some]) => `${what}: ${passed(some)} of ${some.length} runs`),
    ...failed.map((run) => `✗ ${repeat(run)}`),
    `${passed(runs)} passed, ${failed.length} failed`,
  ].join('\n')
}
