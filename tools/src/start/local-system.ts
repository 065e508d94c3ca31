import { createTopics, kafkaOf } from '@mpics/eventing'
import { progressLines } from '../environment/servers/progress-lines.js'
import { startStack, type Stack } from '../environment/servers/stack.js'
import { startSystem, type System, type SystemOptions } from '../environment/system/system.js'

export interface LocalSystem {
  stack: Stack
  system: System
}

export interface LocalOptions {
  /** Data, logs and keys. */
  folder: string
  fresh?: boolean
  say: (line: string) => void
  inspectors?: SystemOptions['inspectors']
  /** Called with what is up so far, so that it can be stopped at any time. */
  upTo: (stop: () => Promise<void>) => void
}

/** All servers and all services on this machine, on the usual ports. */
export async function startLocal({ folder, fresh, say, inspectors, upTo }: LocalOptions): Promise<LocalSystem> {
  const stack = await startStack({ folder, fresh, say, progress: progressLines })
  upTo(() => stack.stop())
  await createTopics(kafkaOf(process.env, { brokers: stack.addresses.kafkaBrokers, prefix: '' }))
  console.log('Starting the six services …')
  const system = await startSystem({ stack: stack.addresses, folder, say, inspectors })
  upTo(async () => {
    await system.stop()
    await stack.stop()
  })
  return { stack, system }
}
