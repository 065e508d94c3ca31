import { spawn } from 'node:child_process'

export interface Ended {
  /** Exit code, or the signal that ended it. */
  code: number | string | null
  out: string
  err: string
}

/** What Node compiled stays for the next run: commands are run by the dozen. */
const { PATH, NODE_COMPILE_CACHE } = process.env

/** Runs a built program to its end, with this environment and no other. */
export async function runNode(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended: Ended = { code: null, out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (ended.out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (ended.err += text.toString()))
  ended.code = await new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)))
  return ended
}
