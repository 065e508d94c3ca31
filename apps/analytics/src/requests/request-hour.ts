import { bucketOf } from './durations.js'

export interface ServedRequest {
  readonly offset: number
  readonly route: string
  readonly method: string
  readonly status: number
  readonly durationMs: number
  readonly weight: number
}

/** Requests of one route and method. */
export interface RouteCount {
  route: string
  method: string
  requests: number
  totalMs: number
  statuses: Record<string, number>
  buckets: Record<string, number>
}

/** The requests of one partition in one hour; remembers the last offset that it counted. */
export interface RequestHour {
  readonly id: string
  readonly hour: Date
  readonly source: string
  readonly offset: number
  readonly routes: readonly RouteCount[]
}

const MAX_ROUTES = 1_000
const OTHER = 'other'

/** Returns the identical hour when all was counted before. */
export function countRequests(hour: RequestHour, requests: readonly ServedRequest[]): RequestHour {
  const fresh = requests.filter(({ offset }) => offset > hour.offset)
  if (fresh.length === 0) return hour
  const routes = new Map(hour.routes.map((route) => [`${route.method} ${route.route}`, structuredClone(route)]))
  for (const request of fresh) add(routeIn(routes, request), request)
  return { ...hour, offset: fresh.at(-1)!.offset, routes: [...routes.values()] }
}

function routeIn(
  routes: Map<string, RouteCount>,
  { route, method }: Pick<ServedRequest, 'route' | 'method'>,
): RouteCount {
  const key = `${method} ${route}`
  const known = routes.get(key)
  if (known) return known
  if (routes.size >= MAX_ROUTES && route !== OTHER) return routeIn(routes, { route: OTHER, method: OTHER })
  const made = { route, method, requests: 0, totalMs: 0, statuses: {}, buckets: {} }
  routes.set(key, made)
  return made
}

function add(count: RouteCount, { status, durationMs, weight }: ServedRequest): void {
  const bucket = bucketOf(durationMs)
  count.requests += weight
  count.totalMs += durationMs * weight
  count.statuses[status] = (count.statuses[status] ?? 0) + weight
  count.buckets[bucket] = (count.buckets[bucket] ?? 0) + weight
}
