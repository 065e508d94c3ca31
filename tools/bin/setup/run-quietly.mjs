import { spawn } from 'node:child_process'
import { SetupError } from './setup-error.mjs'

/** Says what it does in one line, which is no output of the command; what the tool prints is shown only if it fails. */
export async function runQuietly(label, command, args, options) {
  const started = Date.now()
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = []
  child.stdout.on('data', (chunk) => output.push(chunk))
  child.stderr.on('data', (chunk) => output.push(chunk))
  if (label) console.error(`${label} …`)
  const code = await new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new SetupError(`${command} cannot be run (${error.message}). Is it installed?`)),
    )
    child.once('close', resolve)
  })
  if (code !== 0) {
    process.stderr.write(Buffer.concat(output))
    throw new SetupError(`'${command} ${args.slice(0, 2).join(' ')}' failed: the reason is printed above.`)
  }
  if (label) console.error(`${label}: ${((Date.now() - started) / 1000).toFixed(0)} s`)
}
