import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { Cluster } from './cluster.js'
import { command as newCommand } from './command.js'
import { rotateInCluster } from './rotate-in-cluster.js'
import { rotated } from './rotate-keys.js'

const MIN_MINUTES = 15
const DAY = 24 * 60 * 60
const PAUSE_MS = 10_000

function daysOf(given: string): number {
  const days = Number(given)
  if (!Number.isInteger(days) || days < 1) throw new InvalidArgumentError('It must be 1 or more.')
  return days
}

function minutesOf(given: string): number {
  const minutes = Number(given)
  if (!Number.isInteger(minutes) || minutes < MIN_MINUTES)
    throw new InvalidArgumentError(`It must be ${MIN_MINUTES} or more: gateways look for new keys every ten minutes.`)
  return minutes
}

interface Options {
  of?: string
  in: number
  secret?: string
  every: number
  account: string
}

const minutes = (flags: string, text: string) => new Option(flags, text).argParser(minutesOf).default(60)

/** For a person; with `--secret` for a CronJob. */
export function rotateCommand(): Command {
  return newCommand('rotate')
    .description(
      'the next IDENTITY_SIGNING_KEYS, as a line of an env file: set it and roll out once; the new key begins to sign by itself',
    )
    .option('--of <file>', 'the present set, or an env file with it; standard input unless given')
    .addOption(minutes('--in <minutes>', 'when the new key begins to sign; the roll-out must end ten minutes before'))
    .option(
      '--secret <name>',
      'in a pod of the cluster: change this Secret, and let the pods of identity go one by one',
    )
    .addOption(
      new Option('--every <days>', 'with --secret: only when the newest key is so old').argParser(daysOf).default(30),
    )
    .addOption(
      new Option('--account <folder>', 'with --secret: token and namespace of the service account').default(
        '/var/run/secrets/kubernetes.io/serviceaccount',
      ),
    )
    .action(({ secret, ...options }: Options) => (secret === undefined ? print(options) : inCluster(secret, options)))
}

const secondsNow = () => Math.floor(Date.now() / 1000)

async function print({ of: file, in: ahead }: Options): Promise<void> {
  const present = file === undefined ? await text(process.stdin) : await readFile(file, 'utf8')
  const now = secondsNow()
  process.stdout.write(`IDENTITY_SIGNING_KEYS=${rotated(present, { now, signsFrom: now + ahead * 60 })}\n`)
}

async function inCluster(secret: string, { in: ahead, every, account }: Options): Promise<void> {
  const cluster = await Cluster.ofThisPod(account, process.env)
  const schedule = { secret, seconds: every * DAY, ahead: ahead * 60, now: secondsNow(), pauseMs: PAUSE_MS }
  const { made, pods } = await rotateInCluster(cluster, schedule)
  console.log(
    `${made ? 'a new key is in' : 'no key is due in'} ${secret}; pods that went: ${pods.join(', ') || 'none'}`,
  )
}
