import { type ServiceName, services } from '@mpics/contracts'
import { InsideTls, UnavailableError } from '@mpics/service-kit'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { type Dispatcher, Pool } from 'undici'
import { GatewayConfig } from '../config.js'

const upstreams = services.gateway.peers
type Upstream = (typeof upstreams)[number]
const variableOf = <U extends Upstream>(name: U) => `${name.toUpperCase() as Uppercase<U>}_URL` as const

const CONNECTIONS = 128
/** A service with so many requests waiting for a connection is stuck; the gateway refuses the next one at once. */
const MAX_QUEUED = 512
const CONNECT_TIMEOUT_MS = 2_000

/** Keeps connections to the services alive. */
@Injectable()
export class Upstreams implements OnApplicationShutdown {
  private readonly urls: Record<Upstream, string>
  private readonly pools = new Map<string, Pool>()

  constructor(config: GatewayConfig, tls: InsideTls) {
    const urls = upstreams.map((name) => [name, config[variableOf(name)]])
    this.urls = Object.fromEntries(urls) as Record<Upstream, string>
    for (const url of Object.values(this.urls)) {
      const { origin } = new URL(url)
      const options = { ...tls.poolOptions(CONNECT_TIMEOUT_MS), connections: CONNECTIONS, keepAliveTimeout: 60_000 }
      if (!this.pools.has(origin)) this.pools.set(origin, new Pool(origin, options))
    }
  }

  urlOf(service: ServiceName): string {
    return this.urls[service as Upstream]
  }

  /** Serves the proxy and the composer alike. */
  readonly request: Dispatcher['request'] = ((options: { origin: string }, callback?: never) => {
    const pool = this.pools.get(options.origin)
    if (!pool) throw new TypeError(`${options.origin} is no service of ours`)
    if (pool.stats.queued > MAX_QUEUED) throw new UnavailableError()
    return pool.request(options as Parameters<Dispatcher['request']>[0], callback as never)
  }) as unknown as Dispatcher['request']

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()))
  }
}
