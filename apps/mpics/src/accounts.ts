import { identity, roles } from '@mpics/contracts'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { addImport } from './import-command.js'
import { printOne } from './output.js'
import { reachOptions, type ReachOptions, reachService } from './reach-service.js'

const ACCOUNT = 'its handle, or its id'
const STAFF = Object.keys(roles.known).filter((role) => role !== 'member')
const COLUMNS = ['id', 'handle', 'status', 'registeredAt', 'emailVerified', 'secondFactor', 'roles', 'grants']
const PERSONAL = ['email', 'locale', 'timeZone']

type Options = ReachOptions & { why?: string; until?: string; personal?: boolean; reason?: string }

function endOf(text: string): string {
  if (Number.isNaN(Date.parse(text))) throw new InvalidArgumentError('It must be a time, such as 2027-06-01.')
  return new Date(text).toISOString()
}

const why = () => new Option('--why <reason>', 'kept beside it').makeOptionMandatory()
const role = () => new Argument('<role>').choices(STAFF)

async function order(name: string, body: object, options: Options, self: Command): Promise<void> {
  const identityOperations = await reachService('identity', options, self)
  const shown = (await identityOperations.order(name, body)) as object
  printOne(shown, { json: options.json, columns: [...COLUMNS, ...(options.personal ? PERSONAL : [])] })
}

/** Accounts of members, as operators may see and change them. */
export function fill(all: Command): void {
  reachOptions(all.command('show').argument('<account>', ACCOUNT))
    .description('state and roles of one, without what is personal')
    .option('--personal', 'also address, language and time zone', false)
    .action((account: string, options: Options, self: Command) =>
      order('show-account', { account, personal: options.personal }, options, self),
    )
  addRoles(all)
  addLocks(all)
  addImport(all)
}

function addRoles(all: Command): void {
  reachOptions(all.command('grant').argument('<account>', ACCOUNT).addArgument(role()).addOption(why()))
    .description('grants a role of the staff; the account needs a second factor')
    .option('--until <time>', 'when it ends; a contractor’s must, within a year', endOf)
    .action((account: string, given: string, options: Options, self: Command) => {
      const { why, until = null } = options
      return order('grant-role', { account, role: given, until, why }, options, self)
    })
  reachOptions(all.command('revoke').argument('<account>', ACCOUNT).addArgument(role()).addOption(why()))
    .description('takes a role of the staff away; within two seconds no call is made with it any more')
    .action((account: string, taken: string, options: Options, self: Command) =>
      order('revoke-role', { account, role: taken, why: options.why }, options, self),
    )
}

function addLocks(all: Command): void {
  const reason = new Option('--reason <reason>', 'for which it is locked').choices(
    Object.keys(identity.lockReasons.known),
  )
  reachOptions(
    all.command('lock').argument('<account>', ACCOUNT).addOption(reason.makeOptionMandatory()).addOption(why()),
  )
    .description('locks an account at once: its sessions and tokens end, and nobody sees what belongs to it')
    .action((account: string, options: Options, self: Command) =>
      order('lock-account', { account, reason: options.reason, why: options.why }, options, self),
    )
  reachOptions(all.command('unlock').argument('<account>', ACCOUNT).addOption(why()))
    .description('ends a lock')
    .action((account: string, options: Options, self: Command) =>
      order('unlock-account', { account, why: options.why }, options, self),
    )
}
