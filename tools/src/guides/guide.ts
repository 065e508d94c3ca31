import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../environment/root.js'
import { run } from '../environment/run.js'

/** A command, or a program in Python, as a guide shows it. */
export interface Block {
  language: string
  text: string
}

/** The blocks of a document that can be run, in its order; those for a cluster with log-ins are told apart by a word. */
export async function blocksOf(document: string, kind: 'local' | 'secured'): Promise<Block[]> {
  const text = await readFile(join(root, document), 'utf8')
  return [...text.matchAll(/^```(sh|python)( secured)?\n([\s\S]*?)^```$/gm)]
    .filter(([, , secured]) => (secured === undefined) === (kind === 'local'))
    .map(([, language, , block]) => ({ language: language!, text: block! }))
}

const PROGRAMS: Readonly<Record<string, [string, ...string[]]>> = {
  sh: ['sh', '-ec'],
  python: ['python', '-c'],
}

/** What it prints; fails as it does. */
export function runBlock({ language, text }: Block, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const [program, ...options] = PROGRAMS[language]!
  return run(program, [...options, text], { cwd, env: { ...process.env, ...env } })
}
