import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { command as newCommand } from './command.js'
import { rotated } from './rotate-keys.js'

const LEAST_MINUTES = 15

function minutesOf(given: string): number {
  const minutes = Number(given)
  if (!Number.isInteger(minutes) || minutes < LEAST_MINUTES)
    throw new InvalidArgumentError(`It must be ${LEAST_MINUTES} or more: gateways look for new keys every ten minutes.`)
  return minutes
}

/** For a person, and for a job that does it on a schedule. */
export function rotateCommand(): Command {
  return newCommand('rotate')
    .description(
      'the next IDENTITY_SIGNING_KEYS, as a line of an env file: set it and roll out once; the new key begins to sign by itself',
    )
    .option('--of <file>', 'the present set, or an env file with it; standard input unless given')
    .addOption(
      new Option('--in <minutes>', 'when the new key begins to sign; the roll-out must end ten minutes before')
        .argParser(minutesOf)
        .default(60),
    )
    .action(async ({ of: file, in: minutes }: { of?: string; in: number }) => {
      const present = file === undefined ? await text(process.stdin) : await readFile(file, 'utf8')
      const now = Math.floor(Date.now() / 1000)
      const signsFrom = now + minutes * 60
      process.stdout.write(`IDENTITY_SIGNING_KEYS=${rotated(present, { now, signsFrom })}\n`)
    })
}
