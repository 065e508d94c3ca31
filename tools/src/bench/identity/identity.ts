import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from '../cost/cost.js'
import { tellOperations } from '../cost/operation.js'
import { setScene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'
import { benchBeside } from './beside.js'
import { logInJob } from './log-ins.js'
import { benchOverload } from './overload.js'
import { knownPeople } from './people.js'
import { refreshJob } from './refreshes.js'
import { benchTokenCheck } from './token-check.js'

export const identityParts = ['log-in', 'refresh', 'token-check', 'overload', 'beside'].map(
  (part) => `identity/${part}`,
)

/** Nothing here reads photos or profiles of others; the floor of a log-in takes a hundred handles. */
const CLONES = 100

export async function benchIdentity(bench: StackBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-identity-'))
  const scene = await setScene(bench, folder, CLONES)
  const wants = (part: string) => bench.wants(`identity/${part}`)
  try {
    const people = await knownPeople(scene)
    if (wants('log-in')) scene.measured.push(await measure(logInJob(people), scene, bench))
    if (wants('refresh')) scene.measured.push(await measure(refreshJob(people), scene, bench))
    if (wants('token-check')) await benchTokenCheck(scene, bench)
    if (wants('overload')) await benchOverload(scene, people, bench)
    if (wants('beside')) await benchBeside(scene, people, bench)
    await tellOperations(scene)
  } finally {
    await scene.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
