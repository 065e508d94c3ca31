import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.js'
import { PIP } from './requirements.js'
import type { Artifact } from './artifact.js'
import { takeFromMaven } from './maven.js'

const VERSION = '26.7.3'

/** A reference of measurements: nothing of ours needs it. */
export const keycloakArtifact: Artifact = {
  name: 'keycloak',
  version: VERSION,
  contents: 'afd9a1aad4db5a59f716ebe79740505a34f1513315bf7f2e2d3b2bd5e7495227',
  requires: [PIP],
  mend: 'Check the connection to PyPI and Maven Central and try again.',
  async obtain(folder) {
    await takeFromMaven(folder, 'keycloak.txt')
    const [zip, unpacked] = [`keycloak-quarkus-dist-${VERSION}.zip`, join(folder, `keycloak-${VERSION}`)]
    await run('python3', ['-m', 'zipfile', '-e', zip, '.'], { cwd: folder })
    for (const name of await readdir(unpacked)) await rename(join(unpacked, name), join(folder, name))
    await rm(unpacked, { recursive: true })
    await rm(join(folder, zip))
  },
}
