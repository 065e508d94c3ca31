import { PIP } from './requirements.js'
import type { Artifact } from './artifact.js'
import { takeFromMaven } from './maven.js'

/** The jars that Maven resolves for kafka_2.13 and log4j-slf4j-impl, named one by one: a client without a resolver of its own can fetch them. */
export const kafkaArtifact: Artifact = {
  name: 'kafka',
  version: '4.3.1',
  contents: 'c4a9ee7e539a33786691a312ad270436264e55bdb0ae9aa0fadeeffc2b0a3d04',
  requires: [PIP],
  instead: 'KAFKA_BROKERS',
  mend: 'Check the connection to PyPI and Maven Central and try again, or set KAFKA_BROKERS to a cluster that runs already.',
  obtain: (folder) => takeFromMaven(folder, 'kafka-jars.txt'),
}
