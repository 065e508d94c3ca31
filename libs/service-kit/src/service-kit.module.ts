import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common'
import { APP_FILTER, APP_GUARD } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { consumers, type Consumption } from '@mpics/contracts/catalogue'
import { Clock } from './clock.js'
import { CommonConfig } from './config/common-config.js'
import type { ConfigClass } from './config/define-config.js'
import { Idempotency } from './idempotency/idempotency.js'
import { IdempotencyRepository } from './idempotency/idempotency.repository.js'
import { Ids } from './ids.js'
import { Invalidation } from './invalidation/invalidation.js'
import { Health } from './operators/health.js'
import { OperatorOrders } from './operators/operator-orders.js'
import { ProjectionCalls } from './operators/projection-calls.js'
import { BreakerMetrics } from './peers/breaker-metrics.js'
import { Peers } from './peers/peers.js'
import { ProblemFilter } from './problems/problem.filter.js'
import { AccessGuard } from './endpoint/access.guard.js'
import { Authentication } from './trust/authentication.js'
import { InternalTokenAuthentication } from './trust/internal-token.authentication.js'
import { InternalTokenStrategy } from './trust/internal-token.strategy.js'
import { InternalTokens } from './trust/internal-tokens.js'
import { Retention } from './retention/retention.js'
import { RetentionJobs } from './retention/retention-jobs.js'
import { Rounds } from './rounds.js'
import { Operators } from './trust/operators.js'

export interface ServiceKitOptions {
  /** Identifies callers by internal tokens by default; the gateway meets browsers and brings its own. */
  authentication?: Type<Authentication>
  /** Prepares the HTTP side before it listens, e.g. registers a Fastify plugin. */
  configure?: (app: NestFastifyApplication) => void | Promise<void>
  /** The event handlers must match this table; the catalogue's by default. */
  consumers?: readonly Consumption[]
}

/** The module receives it, `createApp` reads it. */
export class ConfigureApp {
  readonly configure: NonNullable<ServiceKitOptions['configure']>
  readonly consumers: readonly Consumption[]

  constructor(options: ServiceKitOptions) {
    this.configure = options.configure ?? (() => undefined)
    this.consumers = options.consumers ?? consumers
  }
}

const offered = [
  Clock,
  Ids,
  InternalTokens,
  InternalTokenStrategy,
  Peers,
  Health,
  Idempotency,
  Invalidation,
  OperatorOrders,
  Operators,
  ProjectionCalls,
  Rounds,
]
const edge: Provider[] = [
  BreakerMetrics,
  IdempotencyRepository,
  Retention,
  RetentionJobs,
  { provide: APP_FILTER, useClass: ProblemFilter },
  { provide: APP_GUARD, useClass: AccessGuard },
]

/** Each service's module imports it once; `createApp` supplies the configuration and the connections. */
@Module({})
export class ServiceKitModule {
  static forRoot(config: ConfigClass, options: ServiceKitOptions = {}): DynamicModule {
    return {
      module: ServiceKitModule,
      global: true,
      providers: [
        ...offered,
        ...edge,
        { provide: CommonConfig, useExisting: config },
        { provide: Authentication, useClass: options.authentication ?? InternalTokenAuthentication },
        { provide: ConfigureApp, useValue: new ConfigureApp(options) },
      ],
      exports: [...offered, CommonConfig, Authentication],
    }
  }
}
