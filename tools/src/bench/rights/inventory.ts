import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from '../cost/cost.js'
import { tellOperations } from '../cost/operation.js'
import { bareRead } from '../cost/jobs/bare-read.js'
import { caller } from '../cost/scene/calls.js'
import type { Job, Side } from '../cost/scene/job.js'
import { type Scene, setScene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'

const CLONES = 500

const inventory = ({ system, pids }: Scene): Side => ({
  name: 'GET /v1/privacy/inventory, visitors',
  pids,
  call: caller(system.gatewayUrl, 200, () => ({ path: '/v1/privacy/inventory' })),
})

const job: Job = {
  name: 'inventory',
  callers: 8,
  goals: { cpu: 2 },
  sides: async (scene) => ({ ours: inventory(scene), reference: await bareRead(scene) }),
}

/** What anybody may ask what is held, against the least that reads one document. */
export async function benchInventory(bench: StackBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mpics-inventory-'))
  const scene = await setScene(bench, folder, CLONES)
  try {
    scene.measured.push(await measure(job, scene, bench))
    await tellOperations(scene)
  } finally {
    await scene.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
