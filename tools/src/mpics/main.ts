#!/usr/bin/env node
import { Command } from 'commander'
import { deadLettersCommand } from './dead-letters.js'
import { rightsCommand } from './rights.js'
import { topicsCommand } from './topics.js'

const program = new Command('mpics')
  .description('Million Pictures for operators. Exit codes: 0 done, 1 differences or failure, 2 wrong usage.')
  .showHelpAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .addCommand(deadLettersCommand())
  .addCommand(topicsCommand())
  .addCommand(rightsCommand())

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`mpics: ${(error as Error).message}\n`)
  process.exitCode = 1
}
