import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { endGroup } from './process-group.js'
import { nodeProgram, root } from '../root.js'

let leader: number | undefined
let ending = false

export async function endJest(): Promise<void> {
  ending = true
  if (leader) await endGroup(leader, 10_000)
}

/** Tests of e2e, in a process of their own whose output is shown; whether all passed. */
export async function runJest(project: string, env: NodeJS.ProcessEnv, args: string[] = []): Promise<boolean> {
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const child = spawn(nodeProgram(), [jest, '--selectProjects', project, '--runInBand', ...args], {
    cwd: join(root, 'e2e'),
    env: { ...process.env, NODE_ENV: 'test', ...env },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  leader = child.pid
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', resolve)
  })
  leader = undefined
  // whoever waits for it must not begin the next one
  if (ending) await new Promise(() => undefined)
  return code === 0
}
