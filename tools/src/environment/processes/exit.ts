import { rm } from 'node:fs/promises'
import { onEnd } from './on-end.js'
import { RunRecords } from './run-records.js'
import { Supervised } from './supervised.js'

/**
 * Returns the function that ends this program, which is also called when the program is asked to stop. It stops the program's own
 * work first, then every process that is left, and removes `folder` at last.
 */
export function exitAfter(stop: () => Promise<unknown>, folder?: string): (code: number) => Promise<void> {
  const exit = async (code: number) => {
    await stop()
    await Supervised.stopAll('SIGKILL')
    await new RunRecords().endLeftovers()
    if (folder) await rm(folder, { recursive: true, force: true })
    process.exit(code)
  }
  onEnd(
    () => exit(1),
    () => process.exit(1),
  )
  return exit
}
