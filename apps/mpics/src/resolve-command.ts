import { userInfo } from 'node:os'
import type { DeadLetters, ResolveOrder, ResolveOutcome } from '@mpics/eventing'
import { type Command, Option } from 'commander'
import { EXIT, JSON_OPTION } from './command.js'
import { filterOf, filterOptions, type DeadLetterOptions } from './dead-letter-filter.js'
import { count, Progress } from './progress.js'

interface ResolveOptions extends DeadLetterOptions {
  all: boolean
  yes: boolean
  why: string
  by: string
  takeOver?: boolean
  json: boolean
}

type Action = ResolveOrder['action']

/** Replays or discards letters: those that are named, or all that a filter finds. */
export function resolveCommand(command: Command, action: Action, reach: (self: Command) => Promise<DeadLetters>) {
  const resolving = filterOptions(command)
    .argument('[ids...]', '<topic>/<group>/<offset>, as the list shows them')
    .option('--all', 'all open ones that the filter finds', false)
    .option('--yes', 'do it; without it --all only says how many they are', false)
    .requiredOption('--why <reason>', 'kept beside the letter')
    .addOption(new Option('--by <name>', 'who does it').default(userInfo().username, 'your name on this machine'))
    .option(...JSON_OPTION)
  if (action === 'replayed')
    resolving.option('--take-over', 'also what somebody began to replay and never noted as sent: it may be sent twice')
  return resolving.action(async (ids: string[], options: ResolveOptions, self: Command) => {
    if (ids.length > 0 === options.all) self.error('error: name letters, or use --all')
    if (ids.length > 0 && Object.keys(filterOf(options)).length > 0) self.error('error: a filter goes with --all')
    const letters = await reach(self)
    const wanted = options.all ? (await letters.list(filterOf(options))).map(({ id }) => id) : ids
    if (options.all && !options.yes) return confirmationMissing(wanted.length, action)
    await perform(letters, wanted, action, options)
  })
}

function confirmationMissing(letters: number, action: Action): void {
  process.stderr.write(`mpics: ${count(letters)} letters would be ${action}; add --yes to do it\n`)
  process.exitCode = EXIT.wrongUsage
}

async function perform(letters: DeadLetters, ids: string[], action: Action, options: ResolveOptions): Promise<void> {
  const { by, why, takeOver, json } = options
  const outcomes: ResolveOutcome[] = []
  const progress = new Progress()
  for await (const outcome of letters.resolve(ids, { action, by, why, takeOver })) {
    outcomes.push(outcome)
    progress.show(`${count(outcomes.length)} of ${count(ids.length)}`)
    if (!json && !options.all) console.log(lineOf(outcome))
  }
  progress.end()
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused')
  if (json) console.log(JSON.stringify(outcomes, null, 2))
  else if (options.all) console.log([...refused.map(lineOf), sumOf(outcomes, action)].join('\n'))
  if (refused.length > 0) process.exitCode = EXIT.failed
}

function lineOf({ id, outcome, settled, reason }: ResolveOutcome): string {
  if (outcome === 'refused') return `${id} refused: it ${reason}`
  return outcome === 'done' ? `${id} ${settled?.action}` : `${id} was ${settled?.action} already, by ${settled?.by}`
}

function sumOf(outcomes: readonly ResolveOutcome[], action: Action): string {
  const of = (wanted: ResolveOutcome['outcome']) => count(outcomes.filter(({ outcome }) => outcome === wanted).length)
  return `${of('done')} ${action}, ${of('already')} were already, ${of('refused')} refused`
}
