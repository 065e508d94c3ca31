import { type DynamicModule, Module, type Type } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Clock } from './clock.js'
import { CommonConfig } from './config/common-config.js'
import type { ConfigClass } from './config/define-config.js'
import { Ids } from './ids.js'
import { Peers } from './peers/peers.js'
import { AccessGuard } from './trust/access.guard.js'
import { Authentication } from './trust/authentication.js'
import { InternalTokenAuthentication } from './trust/internal-token.authentication.js'
import { InternalTokenStrategy } from './trust/internal-token.strategy.js'
import { InternalTokens } from './trust/internal-tokens.js'

export interface ServiceKitOptions {
  /** How callers are told; the gateway meets browsers and brings its own. Internal tokens unless given. */
  authentication?: Type<Authentication>
  /** Prepares the HTTP side before it listens, e.g. registers a Fastify plugin. */
  configure?: (app: NestFastifyApplication) => void | Promise<void>
}

/** Given to the module, read by createApp. */
export class ConfigureApp {
  constructor(readonly configure: NonNullable<ServiceKitOptions['configure']>) {}
}

/** Imported once by each service's module; the configuration's values and the connections come from `createApp`. */
@Module({})
export class ServiceKitModule {
  static forRoot(config: ConfigClass, options: ServiceKitOptions = {}): DynamicModule {
    const offered = [Clock, Ids, InternalTokens, Peers, CommonConfig, Authentication]
    return {
      module: ServiceKitModule,
      global: true,
      providers: [
        Clock,
        Ids,
        InternalTokens,
        InternalTokenStrategy,
        Peers,
        { provide: CommonConfig, useExisting: config },
        { provide: Authentication, useClass: options.authentication ?? InternalTokenAuthentication },
        { provide: ConfigureApp, useValue: new ConfigureApp(options.configure ?? (() => undefined)) },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: offered,
    }
  }
}
