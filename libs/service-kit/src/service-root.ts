import { EventingModule } from '@mpics/eventing'
import { MongoModule } from '@mpics/mongo'
import { type DynamicModule, Module, type Type } from '@nestjs/common'
import { clientCertificates } from './config/certificates.js'
import type { CommonConfig } from './config/common-config.js'
import { kafkaAccessOf } from './config/kafka-access.js'
import { derivedKeys } from './config/keys.js'
import { OwnHeaders } from './http/own-headers.js'
import { Metrics } from './operators/metrics.js'
import { ServerChecks } from './operators/server-checks.js'
import { InsideTls } from './tls/inside-tls.js'

/** Surrounds a service's module, and gives every part its configuration, metrics and connections. */
@Module({})
export class ServiceRoot {
  static around(module: Type, config: CommonConfig, { tls, own }: { tls: InsideTls; own: OwnHeaders }): DynamicModule {
    const { service } = config.INTERNAL_PRIVATE_KEY
    const metrics = new Metrics()
    const values = { provide: config.constructor as Type, useValue: config }
    const mongo = {
      appName: service,
      certificates: clientCertificates(config),
      // with another private key of the service open cursors are good as long as it knows the former one
      cursorSecrets: derivedKeys(config.INTERNAL_PRIVATE_KEY, 'cursors of lists'),
    }
    const database = config.MONGODB_URI ? [MongoModule.forRoot(config.MONGODB_URI, mongo)] : []
    const eventing = { service, site: config.PUBLIC_URL, ...kafkaAccessOf(config), registry: metrics.registry }
    const events = EventingModule.forRoot(eventing)
    return {
      module: ServiceRoot,
      global: true,
      imports: [...database, events, module],
      providers: [
        values,
        { provide: Metrics, useValue: metrics },
        { provide: InsideTls, useValue: tls },
        { provide: OwnHeaders, useValue: own },
        ServerChecks,
      ],
      exports: [values.provide, Metrics, InsideTls, OwnHeaders],
    }
  }
}
