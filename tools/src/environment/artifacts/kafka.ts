import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.js'
import { JAVA, MAVEN } from './requirements.js'
import type { Artifact } from './artifact.js'

const dependency = (group: string, artifact: string, version: string) =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', '4.3.1')}
    ${dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', '2.25.5')}
  </dependencies>
</project>
`

export const kafkaArtifact: Artifact = {
  name: 'kafka',
  version: '4.3.1',
  contents: 'c4a9ee7e539a33786691a312ad270436264e55bdb0ae9aa0fadeeffc2b0a3d04',
  requires: [JAVA, MAVEN],
  instead: 'KAFKA_BROKERS',
  mend: 'Check the connection to Maven Central, remove ~/.m2/repository/org/apache/kafka and try again, or set KAFKA_BROKERS to a cluster that runs already.',
  async obtain(folder) {
    await writeFile(join(folder, 'pom.xml'), POM)
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
    const flags = ['-q', '-B', '--strict-checksums', '-DoutputDirectory=.', '-DincludeScope=runtime']
    await run('mvn', [...flags, goal], { cwd: folder })
    await run('rm', ['pom.xml'], { cwd: folder })
  },
}
