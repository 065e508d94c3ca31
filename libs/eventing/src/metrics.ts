import { Injectable, Logger } from '@nestjs/common'
import { Counter, Gauge, Histogram, register, type Registry } from 'prom-client'
import type { PartitionLag } from './consume/group-lag.js'
import type { EventingLabel } from './metric-labels.js'
import { wordsOf } from './words-of.js'
import { EventingOptions } from './eventing-options.js'
import { within } from './within.js'

const SCRAPE_MS = 2_000

@Injectable()
export class EventingMetrics {
  readonly published: Counter
  readonly relayFailures: Counter
  readonly refused: Counter
  readonly handled: Counter<'type' | 'reaction'>
  readonly retried: Counter<'type' | 'reaction'>
  readonly deadLetters: Counter<'topic' | 'reaction'>
  readonly givenUp: Counter<'topic' | 'reaction'>
  readonly ignored: Counter<'reason'>
  readonly defects: Counter
  readonly transactions: Counter<'outcome'>
  readonly seconds: Histogram<'reaction'>
  private readonly unmeasured: Counter
  private readonly logger = new Logger('EventMetrics')
  private readonly registry: Registry

  constructor(options: EventingOptions) {
    this.registry = options.settings.registry ?? register
    this.published = this.counter('events_published_total', 'Events that the relay has published')
    this.relayFailures = this.counter('events_relay_failures_total', 'Times the relay had to begin again')
    this.refused = this.counter('events_refused_total', 'Events that Kafka refuses whatever is done, set aside')
    this.handled = this.counter('events_handled_total', 'Events handled', ['type', 'reaction'])
    this.retried = this.counter('events_retried_total', 'Attempts that failed and are repeated', ['type', 'reaction'])
    this.deadLetters = this.counter('events_dead_letters_total', 'Events given up', ['topic', 'reaction'])
    this.givenUp = this.counter('events_given_up_total', 'Events that this replica alone gave up', [
      'topic',
      'reaction',
    ])
    this.ignored = this.counter('events_ignored_total', 'Records passed over', ['reason'])
    this.defects = this.counter('events_defects_total', 'Failures of the handling itself; what failed is tried again')
    this.transactions = this.counter(
      'mongo_transactions_total',
      'Transactions of writes that could be made one by one',
      ['outcome'],
    )
    this.unmeasured = this.counter(
      'metrics_unmeasured_total',
      'Values that could not be read when they were asked for.',
    )
    this.seconds = this.one('events_handling_seconds', (name) => {
      const buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]
      const help = 'How long a reaction takes'
      const labelNames: EventingLabel[] = ['reaction']
      return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] })
    })
  }

  watchOutbox(ageMs: () => Promise<number>): void {
    this.gauge('events_outbox_oldest_seconds', 'Age of the oldest unpublished event', [], async (gauge) => {
      gauge.set((await ageMs()) / 1000)
    })
  }

  watchLag(lags: () => Promise<PartitionLag[]>): void {
    let looking: Promise<PartitionLag[]> | undefined
    // the gauges of one scrape share one look, and tell of the same moment
    const look = () => (looking ??= lags().finally(() => (looking = undefined)))
    const show = (name: string, help: string, value: (each: PartitionLag) => number) =>
      this.gauge(name, help, ['topic', 'partition'], async (gauge) => {
        const found = await look()
        gauge.reset()
        for (const each of found) gauge.set({ topic: each.topic, partition: each.partition }, value(each))
      })
    show('events_consumer_lag', 'Events not handled yet', ({ lag }) => lag)
    show('events_consumer_committed', 'Offset below which everything is done', ({ committed }) => committed)
  }

  watchSilence(silentMs: () => number): void {
    const help = 'Since when the consumers of this replica have not heard from Kafka'
    this.gauge('events_silent_seconds', help, [], (gauge) => gauge.set(silentMs() / 1000))
  }

  /** Begins the counters at 0: Prometheus sees no increase in a counter that first appears at 1. */
  expectDeadLetters(reactions: readonly { topic: string; name: string }[]): void {
    for (const { topic, name } of reactions) this.deadLetters.inc({ topic, reaction: name }, 0)
  }

  expectGivenUp(reactions: readonly { topic: string; name: string }[]): void {
    for (const { topic, name } of reactions) this.givenUp.inc({ topic, reaction: name }, 0)
  }

  watchParked(parked: () => number): void {
    this.gauge('events_parked', 'Keys that wait for another attempt', [], (gauge) => gauge.set(parked()))
  }

  private counter<L extends EventingLabel>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return this.one(name, () => new Counter({ name, help, labelNames, registers: [this.registry] }))
  }

  private gauge<L extends EventingLabel>(
    name: string,
    help: string,
    labelNames: L[],
    collect: (gauge: Gauge<L>) => void | Promise<void>,
  ): void {
    this.registry.removeSingleMetric(name)
    let failures = 0
    const failed = (error: unknown) => {
      this.unmeasured.inc()
      if (failures++ === 0) this.logger.error(`${name} cannot be measured: ${wordsOf(error)}`)
    }
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      // a silent store must not take the other metrics with it; no value is better than an unmeasured 0
      collect: async function () {
        try {
          await within(SCRAPE_MS, Promise.resolve(collect(this)))
          failures = 0
        } catch (error) {
          if (labelNames.length > 0) this.reset()
          else this.remove()
          failed(error)
        }
      },
    })
  }

  /** Several applications of one process (tests) may use one registry. */
  private one<M>(name: string, make: (name: string) => M): M {
    return (this.registry.getSingleMetric(name) as M | undefined) ?? make(name)
  }
}
