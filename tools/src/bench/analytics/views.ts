import { randomUUID } from 'node:crypto'
import { measure } from '../cost/cost.js'
import { bareRead } from '../cost/jobs/bare-read.js'
import { distinctViews } from '../cost/jobs/views.js'
import { insert } from '../cost/scene/clones.js'
import type { Scene } from '../cost/scene/scene.js'
import type { StackBench } from '../measuring/bench.js'

const PAGES = Number(process.env['BENCH_PAGES'] ?? 1_000_000)
const PIECE = 20_000
const CALLERS = 8

/** What pages are asked for, among a million others that were viewed. */
export async function benchViews(scene: Scene, bench: StackBench): Promise<void> {
  for (let made = 0; made < PAGES; made += PIECE) {
    const counted = { total: 7, unique: 3, registers: Buffer.alloc(0), offsets: {}, asOf: new Date(), version: 1 }
    const pages = Array.from({ length: Math.min(PIECE, PAGES - made) }, () => `/photos/${randomUUID()}`)
    await insert(
      scene.system,
      'analytics',
      'pages',
      pages.map((_id) => ({ _id, ...counted })),
    )
  }
  const sides = async () => ({ ours: distinctViews(scene), reference: await bareRead(scene) })
  const name = `views over ${PAGES.toLocaleString('en')} pages`
  scene.measured.push(await measure({ name, callers: CALLERS, goals: { cpu: 2 }, sides }, scene, bench))
}
