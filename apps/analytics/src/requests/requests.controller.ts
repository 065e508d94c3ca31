import { analytics, type ApiAnswer, type ApiInput } from '@mpics/contracts'
import { Clock, Endpoint, Input } from '@mpics/service-kit'
import { Controller } from '@nestjs/common'
import { periodOf } from '../traffic/asked-period.js'
import { quantile } from './durations.js'
import type { RouteCount } from './request-hour.js'
import { RequestHoursRepository } from './request-hours.repository.js'

type Query = ApiInput<typeof analytics.getTrafficLatency>['query']

const FIRST_ERROR = 400

@Controller()
export class RequestsController {
  constructor(
    private readonly hours: RequestHoursRepository,
    private readonly clock: Clock,
  ) {}

  @Endpoint(analytics.getTrafficErrors)
  async errors(
    @Input() { query }: ApiInput<typeof analytics.getTrafficErrors>,
  ): Promise<ApiAnswer<typeof analytics.getTrafficErrors>> {
    const items = (await this.routes(query)).flatMap(({ route, method, statuses }) =>
      Object.entries(statuses).map(([status, requests]) => ({ route, method, status: Number(status), requests })),
    )
    return { items: byRequests(items.filter(({ status }) => status >= FIRST_ERROR)).slice(0, query.limit) }
  }

  /** B05: how fast each route answers. */
  @Endpoint(analytics.getTrafficLatency)
  async latency(
    @Input() { query }: ApiInput<typeof analytics.getTrafficLatency>,
  ): Promise<ApiAnswer<typeof analytics.getTrafficLatency>> {
    const routes = byRequests(await this.routes(query)).slice(0, query.limit)
    return {
      items: routes.map(({ route, method, requests, totalMs, buckets }) => ({
        ...{ route, method, requests },
        meanMs: Math.round((totalMs / requests) * 10) / 10,
        p50Ms: quantile(buckets, 0.5),
        p95Ms: quantile(buckets, 0.95),
        p99Ms: quantile(buckets, 0.99),
      })),
    }
  }

  private async routes({ route, ...asked }: Query): Promise<RouteCount[]> {
    const { from, to } = periodOf(asked, this.clock.now())
    const sums = new Map<string, RouteCount>()
    for await (const counts of this.hours.between(from, to))
      for (const count of counts) if (route === undefined || count.route === route) addTo(sums, count)
    return [...sums.values()]
  }
}

const byRequests = <T extends { requests: number; route: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => b.requests - a.requests || (a.route < b.route ? -1 : 1))

function addTo(sums: Map<string, RouteCount>, count: RouteCount): void {
  const key = `${count.method} ${count.route}`
  const sum = sums.get(key)
  if (!sum) return void sums.set(key, structuredClone(count))
  sum.requests += count.requests
  sum.totalMs += count.totalMs
  addAll(sum.statuses, count.statuses)
  addAll(sum.buckets, count.buckets)
}

function addAll(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [key, count] of Object.entries(counts)) sums[key] = (sums[key] ?? 0) + count
}
