import { createTopics, diffTopics } from '@mpics/eventing'
import { type Command, InvalidArgumentError } from 'commander'
import { JSON_OPTION } from './command.js'
import { accessOptions, reach } from './kafka-access.js'
import { print } from './output.js'

const FLAG = '--replication-factor <n>'

function copies(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}

/** Topics as the catalogue wants them. */
export function fill(all: Command): void {
  const command = accessOptions(all)
  command
    .command('create')
    .description('creates what is missing; leaves what exists')
    .option(
      FLAG,
      'copies of each partition, from 3 on with min.insync.replicas 2; unless given, the broker decides',
      copies,
    )
    .option(...JSON_OPTION)
    .action(async ({ replicationFactor, json }: { replicationFactor?: number; json: boolean }, self: Command) => {
      const made = await createTopics(await reach(self), { replicationFactor })
      if (json) console.log(JSON.stringify(made, null, 2))
      else console.log(made.length ? made.join('\n') : 'all topics exist')
    })
  command
    .command('diff')
    .description('how the topics that exist differ from the catalogue; exit code 1 when they do')
    .option(FLAG, 'copies of each partition that there should be; unless given, they are not compared', copies)
    .option('--json', 'print JSON', false)
    .action(async ({ replicationFactor, json }: { replicationFactor?: number; json: boolean }, self: Command) => {
      const found = await diffTopics(await reach(self), { replicationFactor })
      print(found, { json, columns: ['topic', 'kind', 'name', 'wanted', 'found'] })
      if (found.length) process.exitCode = 1
    })
}
