import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { serviceNames } from '@mpics/contracts'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { type Installation, newInstallation, nextOf, replaceable, type Variables } from './key-sets.js'
import { keyPair, keySet } from './new-keys.js'
import { rotateCommand } from './rotate-command.js'

interface MakeOptions {
  operator: string
  dkim?: { domain: string; selector: string }
}

const NAME = /^[a-z\d][a-z\d._-]*$/i

function nameOf(text: string): string {
  if (!NAME.test(text)) throw new InvalidArgumentError('It must be letters, digits, dots, hyphens.')
  return text
}

function dkimOf(text: string): MakeOptions['dkim'] {
  const [domain = '', selector = '', ...more] = text.split(':')
  if (more.length > 0 || !NAME.test(domain) || !NAME.test(selector))
    throw new InvalidArgumentError('It must be <domain>:<selector>.')
  return { domain, selector }
}

/** Secrets of our own making: for a new installation, and the next one of each while it is replaced. */
export function fill(command: Command): void {
  command
    .command('make <folder>')
    .description(
      'all of a new installation, one env file a service, for `kubectl create secret generic --from-env-file`',
    )
    .addOption(
      new Option('--operator <name>', 'who may give orders with the key in operator.jwk')
        .argParser(nameOf)
        .default(userInfo().username, 'your name on this machine'),
    )
    .option('--dkim <domain:selector>', 'also a key that signs mails, with the line for DNS', dkimOf)
    .action(async (folder: string, { operator, dkim }: MakeOptions) => {
      for (const file of await write(resolve(folder), newInstallation(operator, dkim))) console.log(file)
    })
  command
    .command('next')
    .description(
      'another value of one secret, as lines of an env file; docs/how-to/rotate-secrets.md says where it goes',
    )
    .addArgument(new Argument('<secret>').choices([...replaceable, 'INTERNAL_PRIVATE_KEY', 'OPERATOR_PUBLIC_KEYS']))
    .option('--of <name>', 'of INTERNAL_PRIVATE_KEY: the service; of OPERATOR_PUBLIC_KEYS: the operator', nameOf)
    .action((secret: string, { of: owner }: { of?: string }, self: Command) => {
      process.stdout.write(linesOf(next(secret, owner, self)))
    })
  command.addCommand(rotateCommand())
}

function next(secret: string, owner: string | undefined, self: Command): Variables {
  const value = nextOf(secret)
  if (value !== undefined) return { [secret]: value }
  const isOfOperator = secret === 'OPERATOR_PUBLIC_KEYS'
  if (owner === undefined || (!isOfOperator && !serviceNames.some((name) => name === owner)))
    return self.error(`error: say with --of whose key it is${isOfOperator ? '' : `: ${serviceNames.join(', ')}`}`)
  const pair = keyPair(owner)
  const privatePart = isOfOperator ? 'MPICS_OPERATOR_KEY' : secret
  const publicPart = isOfOperator ? secret : 'INTERNAL_PUBLIC_KEYS'
  return { [privatePart]: JSON.stringify(pair.private), [publicPart]: keySet([pair.public]) }
}

const linesOf = (variables: Variables): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

/** Renamed into place as a whole: the folder holds all keys or is not there, and none is ever overwritten. */
async function write(folder: string, { services, operator, dkimRecord }: Installation): Promise<string[]> {
  const files: [name: string, text: string][] = [
    ...serviceNames.map((name): [string, string] => [`${name}.env`, linesOf(services[name])]),
    ['operator.jwk', `${JSON.stringify(operator.private)}\n`],
    ...(dkimRecord ? [['dkim.txt', `${dkimRecord}\n`] satisfies [string, string]] : []),
  ]
  await mkdir(dirname(folder), { recursive: true })
  // mode 700, as its files are for their owner alone
  const fresh = await mkdtemp(`${folder}.`)
  try {
    for (const [name, text] of files) await writeFile(join(fresh, name), text, { mode: 0o600 })
    await rename(fresh, folder)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOTDIR') throw error
    throw new Error(`${folder} is there already, and keys are never overwritten: name another folder`)
  }
  return files.map(([name]) => join(folder, name))
}
