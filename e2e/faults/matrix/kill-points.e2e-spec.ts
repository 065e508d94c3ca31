import { FinishedRuns } from '@mpics/tools/faults/finished-runs'
import { type KillPoint, titleOf } from '@mpics/tools/faults/kill-points'
import { dies } from '../system/dies.js'
import { FaultySystem } from '../system/faulty-system.js'
import { survives } from '../system/survives.js'
import { Chance } from '../load/chance.js'

type Planned = KillPoint & { seed: number }

const plan = JSON.parse(process.env['FAULTS_PLAN'] ?? '[]') as Planned[]
const file = process.env['FAULTS_RUNS']
const runs = file ? new FinishedRuns(file) : undefined

/** One death in each run, as `npm run faults` planned them. */
jest.setTimeout(1_200_000)

describe('nothing is lost, doubled or wrong after a kill -9 of', () => {
  let faulty: FaultySystem
  beforeAll(async () => {
    faulty = await FaultySystem.start()
  })
  afterEach(() => faulty.mend())
  afterAll(() => faulty?.stop())

  it.each(plan.map((planned) => [titleOf(planned), planned.seed, planned] as const))(
    '%s (seed %i)',
    async (what, seed, planned) => {
      const began = performance.now()
      let ok = false
      try {
        await survives(faulty, { seed, fault: () => dies(faulty, planned, new Chance(seed)) })
        ok = true
      } finally {
        const seconds = Math.round((performance.now() - began) / 1000)
        runs?.add({ what, seed, ok, seconds })
        process.stdout.write(`${ok ? '✓' : '✗'} ${what} (seed ${seed}, ${seconds} s)\n`)
      }
    },
  )
})
