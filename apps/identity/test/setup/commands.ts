import { randomUUID } from 'node:crypto'
import { servers } from '@mpics/testing'
import { OWN, type ServiceHarness } from './service-harness.js'

/** The environment of a service whose commands to MongoDB `commandsOf` sees. */
export const monitored = (): Record<string, string> => ({
  MONGODB_URI: `${servers().mongodbUri(`test-identity-${randomUUID().slice(0, 8)}`)}&monitorCommands=true`,
})

/** Resolves to the service's own commands during `work`, e.g. `find accounts`, without the relay's removals; also told one by one. */
export async function commandsOf(
  harness: ServiceHarness,
  work: () => Promise<unknown>,
  tell: (command: string) => void = () => undefined,
): Promise<string[]> {
  const commands: string[] = []
  const onCommand = ({ commandName, command }: { commandName: string; command: Record<string, unknown> }) => {
    const collection = String(command[commandName])
    const isRemoval = JSON.stringify(command['updates'] ?? '').includes('$pull')
    if (!OWN.test(`.${collection}`) || isRemoval) return
    commands.push(`${commandName} ${collection}`)
    tell(`${commandName} ${collection}`)
  }
  const client = harness.connection.getClient().on('commandStarted', onCommand)
  await work()
  client.off('commandStarted', onCommand)
  return commands
}
