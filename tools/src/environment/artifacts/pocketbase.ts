import { run } from '../run.js'
import type { Artifact } from './artifact.js'
import { GO } from './requirements.js'

const MODULE = 'github.com/pocketbase/pocketbase'
const VERSION = 'v0.36.0'
const SUM = 'h1:0IsX2Gb/va1SCykuLgZ0pu9yAFRivJlJvbUc+KYS3f0='

/** A reference of measurements: nothing of ours needs it. Its program is `base`. */
export const pocketbaseArtifact: Artifact = {
  name: 'pocketbase',
  version: VERSION.slice(1),
  requires: [GO],
  mend: 'Check the connection to the Go module proxy and try again.',
  async obtain(folder) {
    await run('go', ['install', '-ldflags', '-s -w', `${MODULE}/examples/base@${VERSION}`], {
      cwd: folder,
      env: { ...process.env, GOBIN: folder },
    })
  },
  async confirm(folder) {
    const built = await run('go', ['version', '-m', 'base'], { cwd: folder })
    return built.includes(`mod\t${MODULE}\t${VERSION}\t${SUM}`)
  },
}
