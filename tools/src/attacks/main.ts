import { commandLine } from '../environment/command-line.js'
import { missingHelpers } from '../environment/missing-helpers.js'
import { passingFolder } from '../environment/passing-folder.js'
import { endJest, runJest } from '../environment/processes/jest.js'
import { exitAfter } from '../environment/processes/exit.js'
import { asEnvironment } from '../environment/servers/addresses.js'
import { progressLines } from '../environment/servers/progress-lines.js'
import { startStack, type Stack } from '../environment/servers/stack.js'
import { UserFacingError } from '../environment/user-facing-error.js'
import { attackNames, titlesOf } from './names.js'

const { positionals: wanted } = commandLine(
  `npm run attacks [-- <name> …]: all of them, or ${attackNames.join(', ')}.`,
  { allowPositionals: true },
)
const folder = await passingFolder('mpics-attacks')
let stack: Stack | undefined

const end = exitAfter(async () => {
  await endJest()
  await stack?.stop()
}, folder)

try {
  const titles = titlesOf(wanted)
  const missing = await missingHelpers()
  if (missing) throw new UserFacingError(missing)
  stack = await startStack({ folder, forTests: true, progress: progressLines, say: console.log })
  const env = { ATTACKS: 'long', ...asEnvironment(stack.addresses) }
  let named = true
  for (const project of ['attacks', 'attacks-alone']) named = (await runJest(project, env, ['-t', titles])) && named
  // it has a clock and a system of its own, and is a promise besides
  const withoutJoin = wanted.length > 0 && !wanted.includes('joined-visitors')
  await end(named && (withoutJoin || (await runJest('promises', env, ['joined-visitors']))) ? 0 : 1)
} catch (error) {
  console.error(error instanceof UserFacingError ? error.message : error)
  await end(1)
}
