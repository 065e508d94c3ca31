import type fc from 'fast-check'

const number = (name: string): number | undefined => (process.env[name] ? Number(process.env[name]) : undefined)

const times = number('FC_RUNS') ?? 1
jest.setTimeout(240_000 * Math.max(1, times))

/** `FC_RUNS=20` makes a run twenty times as long; `FC_SEED` and `FC_PATH`, which a failure prints, repeat it. */
export const runs = (usual: number): Pick<fc.Parameters, 'numRuns' | 'seed' | 'path'> => ({
  numRuns: usual * times,
  ...(process.env['FC_SEED'] && { seed: number('FC_SEED')! }),
  ...(process.env['FC_PATH'] && { path: process.env['FC_PATH'] }),
})
