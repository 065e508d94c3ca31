import { join } from 'node:path'
import { ApiClient } from '@mpics/api-client'
import { DEFAULT_SITE, roles } from '@mpics/contracts'
import { commandLine } from '../environment/command-line.js'
import { nodeProgram, root } from '../environment/root.js'
import { run } from '../environment/run.js'
import { Mailbox } from '../people/mailbox.js'
import { tokenOf } from './token-of.js'

const ofStaff = Object.keys(roles.known).filter((role) => role !== 'member')
const USAGE = `npm run -s token -- <role>: prints an access token, good for ten minutes, of somebody new with a role: ${ofStaff.join(', ')}.`
const { positionals } = commandLine(USAGE, { allowPositionals: true })
const [role] = positionals
if (!role || !ofStaff.includes(role) || positionals.length > 1) {
  console.error(USAGE)
  process.exit(2)
}

const grant = (handle: string) =>
  run(nodeProgram(), [join(root, 'apps/mpics/dist/main.js'), 'accounts', 'grant', handle, role, '--why', 'to try it'])

try {
  const api = new ApiClient(process.env['PUBLIC_URL'] ?? DEFAULT_SITE)
  const mailbox = new Mailbox(process.env['MAIL_API'] ?? 'http://127.0.0.1:1080')
  console.log(await tokenOf(role, { api, mailbox, grant }))
} catch (error) {
  console.error(`There is no token (${(error as Error).message}). Start the system with \`npm start\`.`)
  process.exit(1)
}
