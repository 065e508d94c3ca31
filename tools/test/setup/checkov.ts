import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/environment/root.js'
import { run } from '../../src/environment/run.js'

interface Report {
  results: { failed_checks: { check_id: string; resource: string }[] }
}

/** The names of all checks that fail, none left out. */
export async function failuresOf(files: readonly string[], programs: string): Promise<string[]> {
  const args = ['--framework', 'kubernetes', 'dockerfile', '--skip-download', '--soft-fail', '--output', 'json']
  const text = await run(join(programs, 'checkov'), [...args, ...files.flatMap((file) => ['--file', file])])
  const reports = JSON.parse(text) as Report | Report[]
  const failed = [reports].flat().flatMap(({ results }) => results.failed_checks)
  return [...new Set(failed.map(({ check_id: id }) => id))].sort()
}

export const keptFindings = (): string[] =>
  [...readFileSync(join(root, 'deploy/checkov.yaml'), 'utf8').matchAll(/^ {2}- (CKV\w+)$/gm)]
    .map(([, id]) => id!)
    .sort()
