import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { nodeProgram, root } from '../../src/root.js'

export interface Ended {
  /** Exit code, or the signal that ended it. */
  code: number | string | null
  out: string
  err: string
}

/** Runs the built command line as an operator does. */
export async function mpics(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(nodeProgram(), [join(root, 'tools/dist/mpics/main.js'), ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended: Ended = { code: null, out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (ended.out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (ended.err += text.toString()))
  ended.code = await new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)))
  return ended
}
