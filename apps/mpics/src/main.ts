#!/usr/bin/env node
import { EXIT } from './command.js'
import { mpics } from './program.js'

/** `help accounts lock`: what it takes is known once it is loaded, which its own help does. */
const [first, ...named] = process.argv.slice(2)
const call = first === 'help' && named.length > 0 ? [...named, '--help'] : process.argv.slice(2)

try {
  await (await mpics()).parseAsync(call, { from: 'user' })
} catch (error) {
  process.stderr.write(`mpics: ${(error as Error).message}\n`)
  process.exitCode = EXIT.failed
}
