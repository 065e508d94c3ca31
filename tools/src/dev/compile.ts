import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { nodeProgram } from '../environment/root.js'

export interface Compiled {
  errors: number
  /** The compiler's messages about them. */
  text: string
}

/** Compiles what has changed since the last time, and whatever needs it. Undefined when it was stopped. */
export async function compile(
  root: string,
  projects: readonly string[],
  signal: AbortSignal,
): Promise<Compiled | undefined> {
  const tsc = join(root, 'node_modules/typescript-native/bin/tsc')
  const child = spawn(nodeProgram(), [tsc, '-b', '--checkers', '1', '--pretty', 'false', ...projects], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', resolve)
  })
  if (signal.aborted) return undefined
  const text = Buffer.concat(output).toString().trim()
  const errors = text.match(/error TS\d+/g)?.length ?? 0
  return { errors: code === 0 ? 0 : Math.max(1, errors), text }
}
