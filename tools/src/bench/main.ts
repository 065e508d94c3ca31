import { mkdtemp } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTopics } from '@mpics/eventing'
import { commandLine } from '../environment/command-line.js'
import { exitAfter } from '../environment/processes/exit.js'
import { startStack, type Stack } from '../environment/servers/stack.js'
import { startSystem, type System } from '../environment/system/system.js'
import { ApiClient } from '@mpics/api-client'
import { Mailbox } from '../people/mailbox.js'
import { pidsOf } from './measuring/pids.js'
import { onStack, onSystem, parts } from './suites.js'

const suites = [...Object.keys(onStack), ...Object.keys(onSystem), ...parts]
const { positionals: wanted, values } = commandLine(
  `npm run bench [-- <measurement> …] [--rounds <n>] [--ms <n>]
Measurements: eventing, ${suites.join(', ')}.`,
  {
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '5' }, ms: { type: 'string', default: '3000' } },
  },
)
/** `eventing` means all that begin with it. */
const means = (word: string, suite: string) => suite === word || suite.startsWith(`${word}/`)
const unknown = wanted.filter((word) => !suites.some((suite) => means(word, suite)))
if (unknown.length) {
  console.error(`There is no measurement “${unknown.join(', ')}”. There are: eventing, ${suites.join(', ')}.`)
  process.exit(2)
}
const wants = (suite: string) => wanted.length === 0 || wanted.some((word) => means(word, suite))
const chosen = (suite: string) => wants(suite) || parts.some((part) => means(suite, part) && wants(part))
const load = () => `load ${loadavg()[0]!.toFixed(2)}`

/** Positive. */
function wholeNumber(option: 'rounds' | 'ms'): number {
  if (/^[1-9]\d{0,6}$/.test(values[option])) return Number(values[option])
  console.error(`--${option} is a whole number from 1 up to 9999999, not “${values[option]}”.`)
  process.exit(2)
}

const [rounds, ms] = [wholeNumber('rounds'), wholeNumber('ms')]
const folder = await mkdtemp(join(tmpdir(), 'mpics-bench-'))
let stack: Stack | undefined
let running: Promise<System> | undefined
let started: System | undefined

// whatever is only just starting, exitAfter ends
const end = exitAfter(async () => {
  await started?.stop()
  await stack?.stop()
}, folder)

async function start({ addresses }: Stack): Promise<System> {
  await createTopics({ brokers: addresses.kafkaBrokers.split(',') })
  return (started = await startSystem({ stack: addresses, folder, freePorts: true }))
}

try {
  console.log(`${cpus().length} cores, ${load()}, Node ${process.version}`)
  const servers = (stack = await startStack({ folder, forTests: true }))
  const system = () => (running ??= start(servers))
  const run = async (name: string, suite: () => Promise<void>) => {
    if (!chosen(name)) return
    await suite()
    console.log(`  (${name}, ${load()})`)
  }
  for (const [name, suite] of Object.entries(onStack))
    await run(name, () => suite({ stack: servers, system, wants, rounds, ms }))
  for (const [name, suite] of Object.entries(onSystem))
    await run(name, async () => {
      const up = await system()
      const [api, mailbox] = [new ApiClient(up.gatewayUrl), new Mailbox(servers.addresses.mailApi!)]
      await suite({ system: up, folder, api, mailbox, pids: pidsOf(up, servers), rounds, ms })
    })
  await end(0)
} catch (error) {
  console.error(error)
  await end(1)
}
