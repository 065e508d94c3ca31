#!/usr/bin/env node
import { EXIT } from './command.js'
import { mpics } from './program.js'

try {
  await mpics().parseAsync()
} catch (error) {
  process.stderr.write(`mpics: ${(error as Error).message}\n`)
  process.exitCode = EXIT.failed
}
