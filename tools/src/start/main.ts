import { join } from 'node:path'
import { createTopics, KafkaSecurityError, kafkaOf } from '@mpics/eventing'
import { UserFacingError } from '../environment/user-facing-error.js'
import { onEnd } from '../environment/processes/on-end.js'
import { Supervised } from '../environment/processes/supervised.js'
import { root } from '../environment/root.js'
import { startStack } from '../environment/servers/stack.js'
import { startSystem } from '../environment/system/system.js'
import { missingHelpers } from '../environment/missing-helpers.js'
import { progressLines } from '../environment/servers/progress-lines.js'
import { screen } from './screen.js'

const folder = process.env['MPICS_DATA'] ?? join(root, '.data')
const fresh = process.argv.includes('--fresh')
const say = (line: string) => console.log(`  ! ${line}`)

let stop = async () => undefined as void
let ending = false

/** In the order in which they need each other; then whatever was only just starting. */
async function end(code: number): Promise<void> {
  ending = true
  await stop()
  await Supervised.stopAll()
  process.exit(code)
}

onEnd(
  async () => {
    console.log('\nStopping …')
    await end(0)
  },
  () => void Supervised.stopAll('SIGKILL').then(() => process.exit(1)),
)

try {
  const began = performance.now()
  const stack = await startStack({ folder, fresh, say, progress: progressLines })
  stop = () => stack.stop()
  await createTopics(kafkaOf(process.env, { brokers: stack.addresses.kafkaBrokers, prefix: '' }))
  console.log('Starting the six services …')
  const system = await startSystem({ stack: stack.addresses, folder, say })
  stop = async () => {
    await system.stop()
    await stack.stop()
  }
  const missing = await missingHelpers(['kcat', 'exiftool'])
  console.log(screen(system, stack, folder, (performance.now() - began) / 1000))
  if (missing) console.log(missing)
} catch (error) {
  if (!ending) {
    console.error(
      error instanceof UserFacingError || error instanceof KafkaSecurityError ? `\n${error.message}` : error,
    )
    await end(1)
  }
}
