 
import { join } from 'node:path'
import { createTopics } from '@mpics/eventing'
import { ClearError } from '../stack/clear-error.js'
import { startStack, type Stack } from '../stack/stack.js'
import { startSystem, type System } from '../system/system.js'
import { missingHelpers } from './missing-helpers.js'

const root = join(import.meta.dirname, '../../..')
const folder = process.env['MPICS_DATA'] ?? join(root, '.data')
const fresh = process.argv.includes('--fresh')
const say = (line: string) => console.log(`  ! ${line}`)

let stack: Stack | undefined
let system: System | undefined
let ending: Promise<void> | undefined

const end = (code: number) =>
  (ending ??= (async () => {
    await system?.stop()
    await stack?.stop()
    process.exit(code)
  })())

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    console.log('\n• stopping')
    void end(0)
  })

function screen({ gatewayUrl }: System, { addresses }: Stack): void {
  const row = (label: string, value: string) => console.log(`  ${label.padEnd(14)} ${value}`)
  console.log('\nMillion Pictures is up.\n')
  row('site', gatewayUrl)
  row('API', `${gatewayUrl}/docs`)
  row('events', `${gatewayUrl}/docs/events`)
  if (addresses.mailApi) row('mails', addresses.mailApi)
  row('Kafka', addresses.kafkaBrokers)
  row('logs', join(folder, 'logs'))
  console.log('\nTry `npm run tour` in another terminal. Ctrl-C stops everything.')
}

try {
  const began = performance.now()
  stack = await startStack({ folder, fresh, say })
  console.log('• creating topics')
  await createTopics({ brokers: stack.addresses.kafkaBrokers.split(',') })
  console.log('• starting six services')
  system = await startSystem({ stack: stack.addresses, folder, say })
  screen(system, stack)
  console.log(`Ready in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  const missing = await missingHelpers()
  if (missing) console.log(missing)
} catch (error) {
  console.error(error instanceof ClearError ? `\n${error.message}` : error)
  await end(1)
}
