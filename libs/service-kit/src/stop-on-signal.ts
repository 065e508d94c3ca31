import type { INestApplication } from '@nestjs/common'
import type { Logger } from './logging/logger.js'
import { Health } from './operators/health.js'
import type { OperatorsServer } from './operators/operators-server.js'
import { flushTraces } from './telemetry/flush-traces.js'

const STOP_TIMEOUT_MS = 20_000
const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/** Becomes unready, ends requests and consuming, flushes the outbox, disconnects. Another replica takes over work left after 20 s. */
export function stopOnSignal(app: INestApplication, operators: OperatorsServer, logger: Logger): void {
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    app.get(Health).beginStopping()
    logger.info({ signal }, 'stopping')
    setTimeout(() => leave(1, 'stopped with work left undone', logger), STOP_TIMEOUT_MS).unref()
    app
      .close()
      .then(() => operators.close())
      .then(() => flushTraces())
      .then(
        () => leave(0, 'stopped', logger),
        (err: unknown) => {
          logger.error({ err }, 'failed while stopping')
          leave(1, 'stopped', logger)
        },
      )
  }
  for (const signal of SIGNALS) process.on(signal, stop)
}

/** Nothing is begun yet, and the first process of a container ends by no signal that it does not handle. Gives what undoes it. */
export function leaveOnSignal(): () => void {
  const end = () => process.exit(0)
  for (const signal of SIGNALS) process.once(signal, end)
  return () => SIGNALS.forEach((signal) => process.off(signal, end))
}

function leave(code: number, why: string, logger: Logger): void {
  logger.info(why)
  logger.flush(() => process.exit(code))
}
