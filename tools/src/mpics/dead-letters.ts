import { userInfo } from 'node:os'
import { DeadLetters } from '@mpics/eventing'
import { Command, Option } from 'commander'
import { accessOptions, reach } from './kafka-access.js'
import { print } from './output.js'

const COLUMNS = ['id', 'eventType', 'reaction', 'reason', 'attempts', 'failedAt', 'error']

const json = () => new Option('--json', 'print JSON').default(false)
const letters = async (command: Command) => new DeadLetters(await reach(command))

/** Events that a reaction gave up, and what an operator does about them. */
export function deadLettersCommand(): Command {
  const command = accessOptions(new Command('dead-letters').description('events that a reaction gave up'))
  command
    .command('list')
    .description('those that nobody has dealt with')
    .option('--group <service>', 'of one service')
    .option('--topic <topic>', 'of one topic')
    .option('--settled', 'also those that were replayed or discarded')
    .addOption(json())
    .action(async (options: { group?: string; topic?: string; settled?: boolean; json: boolean }, self: Command) => {
      print(await (await letters(self)).list(options), {
        json: options.json,
        columns: options.settled ? [...COLUMNS, 'settled'] : COLUMNS,
      })
    })
  command
    .command('show <id>')
    .description('everything about one: <topic>/<group>/<offset>')
    .action(async (id: string, _: unknown, self: Command) => {
      const letter = await (await letters(self)).show(id)
      if (!letter) throw new Error(`there is no dead letter ${id}`)
      print([letter], { json: true, columns: [] })
    })
  const settling = (name: 'replay' | 'discard', description: string) =>
    command
      .command(`${name} <ids...>`)
      .description(description)
      .requiredOption('--why <reason>', 'kept beside the letter')
      .option('--by <name>', 'who does it', userInfo().username)
      .action(async (ids: string[], { why, by }: { why: string; by: string }, self: Command) => {
        const all = await letters(self)
        for (const id of ids) {
          const { settled } = await all[name](id, by, why)

          console.log(`${id} ${settled?.action}`)
        }
      })
  settling('replay', 'sends events back to the reaction that failed, and to nobody else')
  settling('discard', 'closes letters without handling them')
  return command
}
