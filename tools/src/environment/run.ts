import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a program to its end. What it printed as errors is in the message if it fails. */
export const run = async (
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)(program, args, { maxBuffer: 1 << 26, ...options })
  return stdout + stderr
}
