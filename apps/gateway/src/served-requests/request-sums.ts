import { gateway, type NewEvent } from '@mpics/contracts'

export interface ServedRequest {
  readonly route: string
  readonly method: string
  readonly status: number
  readonly durationMs: number
}

interface Sum extends Omit<ServedRequest, 'durationMs'> {
  count: number
  readonly durations: number[]
}

const MAX_SUMS = 500
const SAMPLES = 8
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const OTHER = 'other'

/** The requests of a moment, few durations of each kind for all: numbers stay exact, and memory bounded. */
export class RequestSums {
  private readonly sums = new Map<string, Sum>()

  add(request: ServedRequest): void {
    const method = METHODS.has(request.method) ? request.method : OTHER
    const sum = this.sumOf({ ...request, method })
    sum.durations[sum.count++ % SAMPLES] = Math.round(request.durationMs * 10) / 10
  }

  get requests(): number {
    return [...this.sums.values()].reduce((all, { count }) => all + count, 0)
  }

  /** Each fact stands for its share of the requests, and says the hour alone. */
  events(at: Date): NewEvent[] {
    const occurredAt = `${at.toISOString().slice(0, 13)}:00:00Z`
    return [...this.sums.values()].flatMap(({ route, method, status, count, durations }) =>
      durations.map((durationMs, i) => {
        const weight = Math.floor(count / durations.length) + (i < count % durations.length ? 1 : 0)
        return gateway.requestServed.of({ route, method, status, durationMs, weight, occurredAt })
      }),
    )
  }

  private sumOf({ route, method, status }: Omit<ServedRequest, 'durationMs'>): Sum {
    const key = `${method} ${status} ${route}`
    const known = this.sums.get(key)
    if (known) return known
    if (this.sums.size >= MAX_SUMS && route !== OTHER) return this.sumOf({ route: OTHER, method: OTHER, status })
    const sum = { route, method, status, count: 0, durations: [] }
    this.sums.set(key, sum)
    return sum
  }
}
