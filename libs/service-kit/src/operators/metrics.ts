import { performance } from 'node:perf_hooks'
import { within } from '@mpics/eventing'
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import type { MetricLabel } from './metric-holding.js'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const READ_MS = 2_000
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Gauges with the ending of counters (promtool check metrics): the same by type have better names. */
const MISNAMED = ['handles', 'requests', 'resources'].map((what) => `nodejs_active_${what}_total`)
/** They come from a timer that would wake an idle process, and say nothing below its period. */
const TIMED = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map((of) => `nodejs_eventloop_lag_${of}_seconds`)
const AN_HOUR_MS = 3_600_000

/** The content of /metrics. Services add their own: `metrics.counter('media_renditions_total', '…', ['size'])`. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly registry = new Registry()
  private readonly logger = new Logger(Metrics.name)
  private readonly unmeasured = this.counter(
    'metrics_unmeasured_total',
    'Values that could not be read when they were asked for.',
  )
  private readonly requests = this.histogram(
    'http_request_duration_seconds',
    'Time from request to answer, by route template.',
    ['method', 'route', 'status'],
    SECONDS,
  )

  constructor() {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: AN_HOUR_MS })
    for (const name of [...MISNAMED, ...TIMED]) this.registry.removeSingleMetric(name)
    const help = 'Share of the time since the last scrape in which the event loop was at work, from 0 to 1.'
    this.gauge('nodejs_eventloop_utilization_ratio', help, utilizationSinceLast())
  }

  counter<L extends MetricLabel>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] })
  }

  histogram<L extends MetricLabel>(name: string, help: string, labelNames: L[], buckets: number[]): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] })
  }

  /** Reads the value at each scrape. One that cannot be read is absent, as an unmeasured 0 would be a lie. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    this.measured({ name, help }, async (gauge) => gauge.set(await read()))
  }

  /** The same with a value for each word of one label. */
  gauges(name: string, help: string, label: MetricLabel, read: () => Promise<Map<string, number>>): void {
    this.measured({ name, help, labelNames: [label] }, async (gauge) => {
      const values = await read()
      gauge.reset()
      for (const [word, value] of values) gauge.set({ [label]: word }, value)
    })
  }

  private measured(
    options: { name: string; help: string; labelNames?: string[] },
    measure: (gauge: Gauge) => Promise<void>,
  ): void {
    let failures = 0
    const forget = (gauge: Gauge) => (options.labelNames ? gauge.reset() : gauge.remove())
    const failed = (err: unknown) => {
      this.unmeasured.inc()
      if (failures++ === 0) this.logger.error({ err }, `${options.name} cannot be measured`)
    }
    new Gauge({
      ...options,
      registers: [this.registry],
      async collect() {
        try {
          // a silent store must not keep the other metrics from an operator
          await within(READ_MS, measure(this))
          failures = 0
        } catch (error) {
          forget(this)
          failed(error)
        }
      },
    })
  }

  requestServed(method: string, route: string, status: number, milliseconds: number): void {
    this.requests.observe({ method, route, status }, milliseconds / 1000)
  }

  onApplicationShutdown(): void {
    this.registry.clear()
  }
}

function utilizationSinceLast(): () => number {
  let last = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    return utilization
  }
}
