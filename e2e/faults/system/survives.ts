import type { FaultySystem } from './faulty-system.js'
import type { Load, LoadOptions } from '../load/load.js'
import { newSeed } from '../load/chance.js'

export interface Scenario extends Partial<LoadOptions> {
  fault: (load: Load, seed: number) => Promise<void>
  seed?: number
}

/** People use the system, something goes wrong; at rest, nothing may be missing, doubled or wrong. */
export async function survives(faulty: FaultySystem, { fault, seed = newSeed(), ...options }: Scenario): Promise<void> {
  process.stdout.write(`${expect.getState().currentTestName}: seed ${seed}\n`)
  try {
    const surprises = faulty.history.surprises.length
    const load = faulty.load(seed, options)
    const over = new AbortController()
    // a failure of either keeps nobody in the next test
    const ended = await Promise.allSettled([load.run(over.signal), fault(load, seed).finally(() => over.abort())])
    for (const one of ended) if (one.status === 'rejected') throw one.reason as Error
    await faulty.ready()
    await faulty.untilIdle()
    expect(await faulty.violations()).toEqual([])
    for (const person of load.people) expect([person.handle, await person.isOut()]).toEqual([person.handle, true])
    const unexplained = faulty.history.surprises.slice(surprises).map((one) => [one, ...faulty.logs.about(one)])
    expect(unexplained).toEqual([])
  } catch (error) {
    const message = `with SEED=${seed}: ${(error as Error).message}`
    process.stdout.write(`✗ ${message}\n`)
    throw new Error(message, { cause: error })
  }
}
