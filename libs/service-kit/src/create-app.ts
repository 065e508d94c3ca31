import { type ServiceName, services } from '@mpics/contracts'
import { consumerDifferences, EventServer } from '@mpics/eventing'
import type { Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { CommonConfig } from './config/common-config.js'
import { ConfigError } from './config/config-error.js'
import type { ConfigClass } from './config/define-config.js'
import { finishAnswers } from './endpoint/finish-answers.js'
import { newAdapter } from './http/fastify-options.js'
import { addHttpHooks } from './http/http-hooks.js'
import { OwnHeaders } from './http/own-headers.js'
import { secureListener } from './http/secure-listener.js'
import { createLogger, type Logger } from './logging/logger.js'
import { NestLogger } from './logging/nest-logger.js'
import { Metrics } from './operators/metrics.js'
import { ConfigureApp } from './service-kit.module.js'
import { ServiceRoot } from './service-root.js'
import { InsideTls } from './tls/inside-tls.js'

/** `config` is the class, or an instance made from another environment than the process's. */
export async function createApp<C extends CommonConfig>(
  module: Type,
  config: ConfigClass<C> | C,
  logger?: Logger,
): Promise<NestFastifyApplication> {
  const values = typeof config === 'function' ? new config() : config
  const log = logger ?? createLogger(values.INTERNAL_PRIVATE_KEY.service, values.LOG_LEVEL)
  const tls = new InsideTls(values)
  const { service } = values.INTERNAL_PRIVATE_KEY
  const own = new OwnHeaders()
  const adapter = newAdapter(service, own, tls.listenerOptions(isCalledInside(service)))
  const app = await NestFactory.create<NestFastifyApplication>(
    ServiceRoot.around(module, values, { tls, own }),
    adapter,
    {
      bodyParser: false,
      abortOnError: false,
      logger: new NestLogger(log),
    },
  )
  addHttpHooks(app, log, app.get(Metrics))
  finishAnswers(adapter.getInstance())
  secureListener(app, tls)
  await app.get(ConfigureApp).configure(app)
  app.connectMicroservice({ strategy: app.get(EventServer) }, { inheritAppConfig: true })
  await assertHandlersMatch(app, values)
  return app
}

/** Other services have certificates of our authorities; the public, or the proxy in front of the gateway, has none. */
const isCalledInside = (service: ServiceName): boolean =>
  Object.values(services).some(({ peers }) => (peers as readonly string[]).includes(service))

async function assertHandlersMatch(app: NestFastifyApplication, config: CommonConfig): Promise<void> {
  const { service } = config.INTERNAL_PRIVATE_KEY
  const differences = consumerDifferences(service, app.get(EventServer).handlers, app.get(ConfigureApp).consumers)
  if (differences.length === 0) return
  await app.close()
  throw new ConfigError(differences)
}

/** Starts events only when every part is initialised, and requests last. Resolves to the URL. */
export async function listen(app: NestFastifyApplication, port: number, host: string): Promise<string> {
  await app.init()
  await app.startAllMicroservices()
  await app.listen(port, host)
  return app.getUrl()
}
