import { run } from '../run.js'
import { GO } from './requirements.js'
import type { Artifact } from './artifact.js'

const MODULE = 'github.com/versity/versitygw'
const VERSION = 'v1.8.0'
const SUM = 'h1:au+wI+aybno/STsQiSm35Uu6Q6iK5MWReQxgO6SEMFc='

/** Compiled here, so the binary differs from machine to machine; what it was compiled from does not. */
export const versitygwArtifact: Artifact = {
  name: 'versitygw',
  version: VERSION.slice(1),
  requires: [GO],
  instead: 'S3_ENDPOINT',
  mend: 'Check the connection to the Go module proxy and try again, or set S3_ENDPOINT to an object store that runs already.',
  async obtain(folder) {
    await run('go', ['install', '-ldflags', '-s -w', `${MODULE}/cmd/versitygw@${VERSION}`], {
      cwd: folder,
      env: { ...process.env, GOBIN: folder },
    })
  },
  async confirm(folder) {
    const built = await run('go', ['version', '-m', 'versitygw'], { cwd: folder })
    return built.includes(`mod\t${MODULE}\t${VERSION}\t${SUM}`)
  },
}
