import { EventingModule } from '@mpics/eventing'
import { MongoModule } from '@mpics/mongo'
import { type DynamicModule, Module, type Type } from '@nestjs/common'
import type { CommonConfig } from './config/common-config.js'
import { eventingSettings } from './eventing-settings.js'
import { Metrics } from './operators/metrics.js'

/** Around a service's own module: its configuration's values, its metrics and its connections, known to every part of it. */
@Module({})
export class ServiceRoot {
  static around(module: Type, config: CommonConfig): DynamicModule {
    const metrics = new Metrics()
    const values = { provide: config.constructor as Type, useValue: config }
    const database = config.MONGODB_URI
      ? [MongoModule.forRoot(config.MONGODB_URI, { appName: config.INTERNAL_PRIVATE_KEY.service })]
      : []
    return {
      module: ServiceRoot,
      global: true,
      imports: [
        ...database,
        EventingModule.forRoot({ ...eventingSettings(config), registry: metrics.registry }),
        module,
      ],
      providers: [values, { provide: Metrics, useValue: metrics }],
      exports: [values.provide, Metrics],
    }
  }
}
