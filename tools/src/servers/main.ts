import { join } from 'node:path'
import { commandLine } from '../environment/command-line.js'
import { onEnd } from '../environment/processes/on-end.js'
import { supervisorOf } from '../environment/processes/folder-lock.js'
import { Supervised } from '../environment/processes/supervised.js'
import { root } from '../environment/root.js'
import { progressLines } from '../environment/servers/progress-lines.js'
import { startStack, type Stack } from '../environment/servers/stack.js'
import { UserFacingError } from '../environment/user-facing-error.js'
import { ServersFile } from './servers-file.js'

commandLine('npm run servers: keeps the servers up that tests need, and says how tests find them.', {})

const data = process.env['MPICS_DATA'] ?? join(root, '.data')
const folder = join(data, 'servers')
const file = new ServersFile(join(data, 'servers.env'))
let stack: Stack | undefined
let mine = false

async function end(code: number): Promise<void> {
  if (mine) file.remove()
  await stack?.stop()
  await Supervised.stopAll()
  process.exit(code)
}

const howTo = (variables: string) => `
${variables}
Then, in a project’s folder: npx jest <file> -t <name>. A test that finds no variables reads ${file.path}.`

try {
  const running = supervisorOf(folder)
  const known = file.read()
  if (running !== undefined && known !== undefined) {
    console.log(`The servers are up; process ${running} keeps them.${howTo(known)}`)
  } else {
    onEnd(
      () => end(0),
      () => void Supervised.stopAll('SIGKILL').then(() => process.exit(1)),
    )
    stack = await startStack({ folder, forTests: true, progress: progressLines, say: console.log })
    mine = true
    file.write(stack.addresses)
    console.log(`${howTo(file.read()!)}\nCtrl-C stops the servers.`)
  }
} catch (error) {
  console.error(error instanceof UserFacingError ? error.message : error)
  await end(1)
}
