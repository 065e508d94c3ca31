import pino from 'pino'
import { createLogger } from './logging/logger.js'

/** Ends the process with one line of the log. Node would write a line of the code, and the error with all that it holds. */
export function endOnUncaught(service: string): void {
  const logger = createLogger(service, 'fatal', pino.destination({ dest: 1, sync: true }))
  process.once('uncaughtException', (err: unknown) => {
    logger.fatal({ err }, 'ended by an error')
    process.exit(1)
  })
}
