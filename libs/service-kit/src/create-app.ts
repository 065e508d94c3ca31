import { type DynamicModule, Module, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { ConfigClass } from './config/define-config.js'
import { ConfigureApp } from './service-kit.module.js'

@Module({})
class ServiceRoot {}

/** The service, ready to listen. `config` is its class, or an instance made from another environment than the process's. */
export async function createApp<C extends object>(
  module: Type,
  config: ConfigClass<C> | C,
): Promise<NestFastifyApplication> {
  const values = typeof config === 'function' ? new config() : config
  const app = await NestFactory.create<NestFastifyApplication>(rootOf(module, values), new FastifyAdapter(), {
    bodyParser: false,
    bufferLogs: false,
  })
  await app.get(ConfigureApp).configure(app)
  return app
}

function rootOf(module: Type, config: object): DynamicModule {
  const configuration = { provide: config.constructor as Type, useValue: config }
  return {
    module: ServiceRoot,
    global: true,
    imports: [module],
    providers: [configuration],
    exports: [configuration.provide],
  }
}
