import { checkKafka } from '@mpics/eventing'
import type { Type } from '@nestjs/common'
import { createApp, listen } from './create-app.js'
import type { CommonConfig } from './config/common-config.js'
import { ConfigError } from './config/config-error.js'
import type { ConfigClass } from './config/define-config.js'
import { assertEncrypted } from './config/encryption.js'
import { kafkaAccessOf } from './config/kafka-access.js'
import { endOnUncaught } from './end-on-uncaught.js'
import { createLogger } from './logging/logger.js'
import { Health } from './operators/health.js'
import { Metrics } from './operators/metrics.js'
import { OperatorOrders } from './operators/operator-orders.js'
import { OperatorsServer } from './operators/operators-server.js'
import { ProjectionCalls } from './operators/projection-calls.js'
import { leaveOnSignal, stopOnSignal } from './stop-on-signal.js'
import { untilReachable } from './until-reachable.js'

/** Runs a service: configuration, HTTP, events, the operators' server, and a graceful stop on SIGTERM and SIGINT. */
export async function start<C extends CommonConfig>(module: Type, configClass: ConfigClass<C>): Promise<void> {
  await run(module, configClass).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(78) // EX_CONFIG: starting again will not help
  })
}

async function run<C extends CommonConfig>(module: Type, configClass: ConfigClass<C>): Promise<void> {
  const config = new configClass()
  assertEncrypted(config)
  kafkaAccessOf(config)
  const { service } = config.INTERNAL_PRIVATE_KEY
  endOnUncaught(service)
  const logger = createLogger(service, config.LOG_LEVEL)
  const stay = leaveOnSignal()
  const operators = new OperatorsServer()
  await operators.listen(config.OPS_PORT, config.HTTP_HOST)
  const say = (sentence: string) => {
    operators.waitFor(sentence)
    logger.warn(sentence)
  }
  const [app] = await Promise.all([
    untilReachable(() => createApp(module, config, logger), say),
    untilReachable(() => checkKafka(kafkaAccessOf(config)), say),
  ])
  stopOnSignal(app, operators, logger)
  stay()
  const url = await listen(app, config.HTTP_PORT, config.HTTP_HOST)
  operators.observe({
    health: app.get(Health),
    metrics: app.get(Metrics),
    projections: app.get(ProjectionCalls),
    orders: app.get(OperatorOrders),
  })
  logger.info({ url, startedInMs: Math.round(performance.now()) }, 'ready')
}
