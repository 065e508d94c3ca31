import { consumers } from '@mpics/contracts/catalogue'
import { type DeadLetter, DeadLetters, NoSuchDeadLetterError } from '@mpics/eventing'
import type { Command } from 'commander'
import { JSON_OPTION } from './command.js'
import { accessOptions, reach } from './kafka-access.js'
import { filterOf, filterOptions, type DeadLetterOptions } from './dead-letter-filter.js'
import { print } from './output.js'
import { resolveCommand } from './resolve-command.js'

const COLUMNS = ['id', 'eventType', 'reaction', 'reason', 'attempts', 'failedAt', 'error']

const letters = async (self: Command) => new DeadLetters(await reach(self), consumers)

/** Events that a reaction gave up, and what an operator does about them. */
export function fill(all: Command): void {
  accessOptions(all)
  filterOptions(all.command('list'))
    .description('those that nobody has dealt with')
    .option('--settled', 'also those that were replayed or discarded')
    .option(...JSON_OPTION)
    .action(async (options: DeadLetterOptions & { settled?: boolean; json: boolean }, self: Command) => {
      const { settled, json } = options
      const found = await (await letters(self)).list({ ...filterOf(options), settled })
      const begun = found.some((letter) => letter.begun) ? ['begun'] : []
      print(json ? found : found.map(inWords), {
        json,
        columns: [...COLUMNS, ...begun, ...(settled ? ['settled'] : [])],
      })
    })
  all
    .command('show <id>')
    .description('everything about one, as JSON: <topic>/<group>/<offset>')
    .option(...JSON_OPTION)
    .action(async (id: string, _: unknown, self: Command) => {
      const letter = await (await letters(self)).show(id)
      if (!letter) throw new NoSuchDeadLetterError(id)
      console.log(JSON.stringify(letter, null, 2))
    })
  const replay = all.command('replay').description('sends events back to the reaction that failed, and to nobody else')
  resolveCommand(replay, 'replayed', letters)
  const discard = all.command('discard').description('closes letters without handling them')
  resolveCommand(discard, 'discarded', letters)
}

const inWords = ({ begun, settled, ...letter }: DeadLetter) => ({
  ...letter,
  begun: begun && `by ${begun.by} at ${begun.at}`,
  settled: settled && `${settled.action} by ${settled.by}: ${settled.why}`,
})
