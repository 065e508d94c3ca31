import { applyRights, busRights, diffRights, type RightDifference } from '@mpics/eventing'
import type { Command } from 'commander'
import { JSON_OPTION } from './command.js'
import { accessOf, accessOptions, reach } from './kafka-access.js'
import { print } from './output.js'

const COLUMNS = ['kind', 'principal', 'permission', 'operation', 'resource', 'name', 'pattern']

/** Prints the rights of each principal on the bus. */
export function fill(all: Command): void {
  const command = accessOptions(all)
  command
    .command('list')
    .description('what the catalogue and the consumers give; asks no broker')
    .option(...JSON_OPTION)
    .action(({ json }: { json: boolean }, self: Command) => {
      const { prefix } = accessOf(self.optsWithGlobals())
      print(busRights(prefix), { json, columns: ['principal', 'resource', 'name', 'prefixed', 'operations'] })
    })
  command
    .command('diff')
    .description('how the rights on the broker differ from that; exit code 1 when they do')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json: boolean }, self: Command) => {
      const found = await diffRights(await reach(self))
      print(found, { json, columns: COLUMNS })
      if (found.length) process.exitCode = 1
    })
  command
    .command('apply')
    .description('gives what is missing; takes nothing away')
    .option('--prune', 'also takes away what `diff` calls unplanned', false)
    .option('--json', 'print what was changed as JSON', false)
    .action(async ({ prune, json }: { prune: boolean; json: boolean }, self: Command) => {
      const changed = await applyRights(await reach(self), { prune })
      if (json || changed.length) print(changed.map(asDone), { json, columns: ['done', ...COLUMNS.slice(1)] })
      else console.log('all rights are given')
    })
}

const asDone = ({ kind, ...right }: RightDifference) => ({ done: kind === 'missing' ? 'given' : 'taken', ...right })
