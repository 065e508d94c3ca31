import type { Command } from 'commander'
import { print } from './output.js'
import { reachOptions, type ReachOptions, reachService } from './reach-service.js'
import { KEEPERS } from './services.js'

const COLUMNS = ['service', 'entry', 'retention', 'by', 'limitSeconds', 'oldestSeconds', 'overAge']

interface Options extends ReachOptions {
  dryRun: boolean
}

/** How long services keep what they keep, by the register of personal data. */
export function fill(command: Command): void {
  reachOptions(command.argument('[service]', 'one service; all unless given'))
    .option('--dry-run', 'remove nothing', false)
    .action(async (service: string | undefined, options: Options, self: Command) => {
      const asked: string[] = service ? [service] : KEEPERS
      if (!service && options.url) self.error('error: --url goes with a service')
      const found = await Promise.all(asked.map((name) => keptBy(name, options, self)))
      print(found.flat(), { json: options.json, columns: COLUMNS })
    })
}

async function keptBy(service: string, options: Options, self: Command): Promise<object[]> {
  const operations = await reachService(service, options, self)
  const { items } = (await operations.order('keep-retention', { dryRun: options.dryRun })) as { items: object[] }
  return items.map((item) => ({ service, ...item }))
}
