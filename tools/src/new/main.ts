import { commandLine } from '../environment/command-line.js'
import { root } from '../environment/root.js'
import { UserFacingError } from '../environment/user-facing-error.js'
import { newEvent } from './event.js'
import { newMail } from './mail.js'
import { newService } from './service.js'
import { Workspace } from './workspace.js'

const USAGE = `Make one of these:
  npm run new -- event <service>.<aggregate>.<past-participle> --heard-by <service>[:<reaction>] …
  npm run new -- mail <kind> --on <event type>
  npm run new -- service <name>
What to do with what it writes: docs/how-to.`

try {
  const { positionals, values } = commandLine(USAGE, {
    allowPositionals: true,
    options: { 'heard-by': { type: 'string', multiple: true }, on: { type: 'string' } },
  })
  const [what, name = '', ...more] = positionals
  const workspace = new Workspace(root)
  // both `--heard-by media profiles` and `--heard-by media --heard-by profiles`
  if (what === 'event') newEvent(workspace, name, [...(values['heard-by'] ?? []), ...more])
  else if (what === 'mail' && more.length === 0) newMail(workspace, name, values.on)
  else if (what === 'service' && more.length === 0) newService(workspace, name)
  else throw new UserFacingError(USAGE)
  for (const line of await workspace.save()) console.log(line)
  console.log(`What is left to do: docs/how-to/${what}.md`)
} catch (error) {
  if (!(error instanceof UserFacingError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
