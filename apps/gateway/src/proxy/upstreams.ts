import { type ServiceName, services } from '@mpics/contracts'
import { exchange, InsideTls, UnavailableError, type WholeAnswer } from '@mpics/service-kit'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { type Dispatcher, Pool } from 'undici'
import { GatewayConfig } from '../config.js'
import { MissingParts } from '../failures/missing-parts.js'
import { connections, type PoolKind, poolKinds } from './pool-kind.js'

const upstreams = services.gateway.peers
type Upstream = (typeof upstreams)[number]
const variableOf = <U extends Upstream>(name: U) => `${name.toUpperCase() as Uppercase<U>}_URL` as const

/** With so many requests waiting for a connection of a kind its service is stuck; the gateway refuses the next one at once. */
const MAX_QUEUED = 512
const CONNECT_TIMEOUT_MS = 2_000

/** Keeps connections to the services alive, apart by kind of route. */
@Injectable()
export class Upstreams implements OnApplicationShutdown {
  private readonly urls: Record<Upstream, string>
  private readonly pools = new Map<string, { pool: Pool; origin: string }>()

  constructor(
    config: GatewayConfig,
    private readonly tls: InsideTls,
    private readonly missing: MissingParts,
  ) {
    const urls = upstreams.map((name) => [name, config[variableOf(name)]])
    this.urls = Object.fromEntries(urls) as Record<Upstream, string>
    for (const name of upstreams) for (const kind of poolKinds) this.addPool(name, kind)
  }

  urlOf(service: ServiceName): string {
    return this.urls[service as Upstream]
  }

  hostOf(service: ServiceName): string {
    return new URL(this.urlOf(service)).host
  }

  originOf(service: ServiceName, kind: PoolKind): string {
    return `http://${kind}.${service}`
  }

  readonly request: Dispatcher['request'] = ((options: { origin: string }, callback?: never) => {
    const { pool, origin } = this.poolOf(options.origin)
    return pool.request({ ...options, origin } as Parameters<Dispatcher['request']>[0], callback as never)
  }) as unknown as Dispatcher['request']

  /** For a short answer, which the gateway takes whole. */
  read(named: string, path: string, headers: Record<string, string>, timeoutMs: number): Promise<WholeAnswer> {
    const { pool, origin } = this.poolOf(named)
    const reason = () => new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')
    return exchange(pool, { origin, path, method: 'GET', headers }, { ms: timeoutMs, reason })
  }

  /** The client hears only that there is no answer. */
  noteFailure(error: unknown): void {
    this.missing.note('main', error)
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.pools.values()].map(({ pool }) => pool.close()))
  }

  private poolOf(named: string): { pool: Pool; origin: string } {
    const found = this.pools.get(named)
    if (!found) throw new TypeError(`${named} is no pool of ours`)
    if (found.pool.stats.queued > MAX_QUEUED) throw new UnavailableError()
    return found
  }

  private addPool(service: Upstream, kind: PoolKind): void {
    const { origin } = new URL(this.urls[service])
    const secured = this.tls.poolOptions(CONNECT_TIMEOUT_MS)
    const options = { ...secured, connections: connections[kind], keepAliveTimeout: 60_000 }
    this.pools.set(this.originOf(service, kind), { pool: new Pool(origin, options), origin })
  }
}
