import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../root.js'
import { run } from '../run.js'

const python = (name: string) => join(root, 'tools/python', name)

/** Writes into this folder what a list in tools/python names. */
export async function takeFromMaven(folder: string, list: string): Promise<void> {
  const [client, repository] = ['.client', 'repository'].map((name) => join(folder, name)) as [string, string]
  const choice = ['--only-binary', ':all:', '--require-hashes', '-r', python('maven.txt')]
  const quietly = ['-q', '--disable-pip-version-check', '--no-compile']
  await run('python3', ['-m', 'pip', 'install', ...quietly, '--target', client, ...choice])
  const env = { ...process.env, PYTHONPATH: client }
  await run('python3', [python('take_jars.py'), python(list)], { cwd: folder, env })
  for (const used of [client, repository]) await rm(used, { recursive: true })
}
