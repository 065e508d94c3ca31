import type { ProjectionStatus } from '@mpics/eventing'
import type { Command } from 'commander'
import { EXIT } from './command.js'
import { print } from './output.js'
import { figures, rebuild } from './rebuild.js'
import { reachOptions, type ReachOptions, reachService as reach } from './reach-service.js'
import type { ServiceOperations } from './service-operations.js'
import { KEEPERS, type Keeper } from './services.js'

const COLUMNS = ['service', 'name', 'source', 'topics', 'rebuilt', 'by', 'figures']

/** Copies that services keep of what others own. */
export function fill(all: Command): void {
  reachOptions(all.command('list [service]'))
    .description('which there are, where they come from, and when they were last rebuilt')
    .action(async (service: string | undefined, options: ReachOptions, self: Command) => {
      const asked: string[] = service ? [service] : KEEPERS
      if (!service && options.url) self.error('error: --url goes with a service')
      const found = await Promise.all(asked.map(async (name) => listed(await reach(name, options, self))))
      print(found.flat(), { json: options.json, columns: COLUMNS })
    })
  reachOptions(all.command('rebuild <service> <name>'))
    .description('makes one anew from what its owner says, while the service goes on; ends when the rebuild has ended')
    .option('--allow-empty', 'remove everything where the owner says nothing at all', false)
    .action(async (service: string, name: string, options: ReachOptions & { allowEmpty: boolean }, self: Command) => {
      const ended = await rebuild(await reach(service, options, self), name, options.allowEmpty)
      if (options.json) console.log(JSON.stringify(ended, null, 2))
      else console.log(`${service} ${name}: ${ended.state}, ${figures(ended)}`)
      if (ended.state === 'done') return
      process.exitCode = EXIT.failed
      process.stderr.write(`mpics: ${whyNot(ended)}\n`)
    })
}

const whyNot = ({ state, reason }: NonNullable<ProjectionStatus['rebuild']>): string =>
  state === 'interrupted' ? 'the service ended in the middle; nothing is worse than before: rebuild again' : `${reason}`

const listed = async (operations: ServiceOperations) =>
  (await operations.projections()).map(({ name, source, topics, rebuild: last }) => ({
    service: operations.service satisfies Keeper,
    name,
    source,
    topics: topics.join(', '),
    rebuilt: last ? `${last.state} ${String(last.endedAt ?? last.startedAt)}` : 'never',
    by: last?.by,
    ...(last && { figures: figures(last), rebuild: last }),
  }))
