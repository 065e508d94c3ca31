import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTopics } from '@mpics/eventing'
import { startStack, type Stack } from '../stack/stack.js'
import { startSystem, type System } from '../system/system.js'
import { ApiClient } from '../tour/api-client.js'
import { Mailbox } from '../tour/mailbox.js'
import type { Bench } from './bench.js'
import { benchEventToMail } from './event-to-mail.js'
import { benchGatewayOverhead } from './gateway-overhead.js'
import { benchPageViews } from './page-views.js'
import { benchPhotoReady } from './photo-ready.js'

const suites: Record<string, (bench: Bench) => Promise<void>> = {
  gateway: benchGatewayOverhead,
  'page-views': benchPageViews,
  photo: benchPhotoReady,
  mail: benchEventToMail,
}

const wanted = process.argv.slice(2).filter((a) => !a.startsWith('-'))
const unknown = wanted.filter((w) => !(w in suites))
if (unknown.length) {
  console.error(`There is no measurement “${unknown.join(', ')}”. There are: ${Object.keys(suites).join(', ')}.`)
  process.exit(2)
}
const folder = await mkdtemp(join(tmpdir(), 'mpics-bench-'))
let stack: Stack | undefined
let system: System | undefined
try {
  console.log(`${cpus().length} cores, load ${loadavg()[0]!.toFixed(2)}, Node ${process.version}`)
  stack = await startStack({ folder, forTests: true })
  await createTopics({ brokers: stack.addresses.kafkaBrokers.split(',') })
  system = await startSystem({ stack: stack.addresses, folder, freePorts: true })
  const bench: Bench = {
    system,
    folder,
    api: new ApiClient(system.gatewayUrl),
    mailbox: new Mailbox(stack.addresses.mailApi!),
    rounds: 5,
    ms: 3_000,
  }
  for (const [name, suite] of Object.entries(suites)) if (!wanted.length || wanted.includes(name)) await suite(bench)
} finally {
  await system?.stop()
  await stack?.stop()
  await rm(folder, { recursive: true, force: true })
}
