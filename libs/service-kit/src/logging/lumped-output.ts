import pino from 'pino'

const LUMP_BYTES = 8 * 1024
const LATEST_MS = 50
const URGENT = pino.levels.values['warn']!
/** pino tells a destination that has this the level of each line. */
const WANTS_LEVELS = Symbol.for('pino.metadata')

type Destination = ReturnType<typeof pino.destination> & {
  destroyed?: boolean
  lastLevel?: number
  [WANTS_LEVELS]?: true
}

/**
 * Writes lines in lumps, since a write of its own costs more than making the line. A warning goes out at once, every other line
 * within a moment, and at the latest when the process ends, unless it is killed.
 */
export function lumpedOutput(dest: number | string, latestMs = LATEST_MS): Destination {
  const output: Destination = pino.destination({ dest, sync: false, minLength: LUMP_BYTES })
  const write = output.write.bind(output)
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    if (!output.destroyed) output.flush()
  }
  output[WANTS_LEVELS] = true
  output.write = (line) => {
    const taken = write(line)
    if ((output.lastLevel ?? URGENT) >= URGENT) output.flush()
    else timer ??= setTimeout(flush, latestMs).unref()
    return taken
  }
  return output
}
