import { Command } from 'commander'

export const EXIT = { done: 0, failed: 1, wrongUsage: 2 } as const

/** A command whose mistakes, and those of the commands below it, end with help and exit code 2. */
export const command = (name: string): Command =>
  new Command(name)
    .showHelpAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage))

export const JSON_OPTION = ['--json', 'print JSON, and nothing else, on standard output', false] as const
