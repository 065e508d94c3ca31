import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../src/environment/root.js'
import { run } from '../../src/environment/run.js'

interface Report {
  results: { failed_checks: { check_id: string; file_abs_path: string }[] }
}

/** The names of all checks that fail for each file, none left out. */
export async function failuresOf(files: readonly string[], programs: string): Promise<Map<string, string[]>> {
  const args = ['--framework', 'kubernetes', 'dockerfile', '--skip-download', '--soft-fail', '--output', 'json']
  const text = await run(join(programs, 'checkov'), [...args, ...files.flatMap((file) => ['--file', file])])
  const failed = [JSON.parse(text) as Report | Report[]].flat().flatMap(({ results }) => results.failed_checks)
  const of = (file: string) => failed.filter((one) => one.file_abs_path === file).map(({ check_id: id }) => id)
  return new Map(files.map((file) => [file, [...new Set(of(file))].sort()]))
}

export const keptFindings = (): string[] =>
  [...readFileSync(join(root, 'deploy/checkov.yaml'), 'utf8').matchAll(/^ {2}- (CKV\w+)$/gm)]
    .map(([, id]) => id!)
    .sort()
