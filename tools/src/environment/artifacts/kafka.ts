import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../root.js'
import { run } from '../run.js'
import { PIP } from './requirements.js'
import type { Artifact } from './artifact.js'

const python = (name: string) => join(root, 'tools/python', name)

/** The jars that Maven resolves for kafka_2.13 and log4j-slf4j-impl, named one by one: a client without a resolver of its own can fetch them. */
export const kafkaArtifact: Artifact = {
  name: 'kafka',
  version: '4.3.1',
  contents: 'c4a9ee7e539a33786691a312ad270436264e55bdb0ae9aa0fadeeffc2b0a3d04',
  requires: [PIP],
  instead: 'KAFKA_BROKERS',
  mend: 'Check the connection to PyPI and Maven Central and try again, or set KAFKA_BROKERS to a cluster that runs already.',
  async obtain(folder) {
    const [client, repository] = ['.client', 'repository'].map((name) => join(folder, name)) as [string, string]
    const choice = ['--only-binary', ':all:', '--require-hashes', '-r', python('maven.txt')]
    const quietly = ['-q', '--disable-pip-version-check', '--no-compile']
    await run('python3', ['-m', 'pip', 'install', ...quietly, '--target', client, ...choice])
    const env = { ...process.env, PYTHONPATH: client }
    await run('python3', [python('take_jars.py'), python('kafka-jars.txt')], { cwd: folder, env })
    for (const used of [client, repository]) await rm(used, { recursive: true })
  },
}
