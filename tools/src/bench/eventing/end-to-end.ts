import type { StackBench } from '../measuring/bench.js'
import { interleaved, median } from '../measuring/measure.js'
import { report } from '../measuring/report.js'
import { withPlace } from '../orders/place.js'
import { spent } from '../measuring/process-figures.js'
import { type HandledSummary, roles, stopAll, untilHandled } from './roles.js'

const LOAD = { perSecond: 250, ms: 8_000 }
const KEYS = 300
const REPLICAS = ['a', 'b']

/** Accepted, saved, relayed, handled into a projection; two replicas save, one of them relays. Against kafkajs without any state. */
export async function benchEndToEnd({ stack, rounds }: StackBench): Promise<void> {
  await withPlace(stack.addresses, (place) =>
    withPlace(stack.addresses, async (other) => {
      const producing = await Promise.all(REPLICAS.map((name) => roles.producing({ place, name, documents: KEYS })))
      for (const role of producing) await role.ask('relay')
      const consuming = await roles.consuming(place, 'projection')
      const bare = await Promise.all(REPLICAS.map(() => roles.bare(other)))
      await bare[0]!.ask('consume')
      const pids = {
        'saves and relay': producing[0]!.pid,
        saves: producing[1]!.pid,
        projection: consuming.pid,
        mongod: stack.servers.mongodb?.pid,
        kafka: stack.servers.kafka?.pid,
      }
      const costs: Record<string, number>[] = []
      const ours = async (): Promise<HandledSummary> => {
        const [summary, cpu] = await spent(pids, handleAll)
        costs.push(Object.fromEntries(Object.entries(cpu).map(([k, s]) => [k, (s / summary.count) * 1e6])))
        return summary
      }
      const handleAll = async (): Promise<HandledSummary> => {
        const counts = await Promise.all(producing.map((role) => role.ask<number>('accept', LOAD)))
        return untilHandled(
          consuming,
          counts.reduce((a, b) => a + b),
        )
      }
      const reference = async (): Promise<HandledSummary> => {
        const counts = await Promise.all(bare.map((role) => role.ask<number>('accept', { ...LOAD, keys: KEYS })))
        return untilHandled(
          bare[0]!,
          counts.reduce((a, b) => a + b),
        )
      }
      const comparison = await interleaved(ours, reference, rounds)
      report(
        `Accepted to handler done, ${LOAD.perSecond * REPLICAS.length} events a second, two replicas`,
        { ours: 'save, relay, Kafka, projection', reference: 'bare kafkajs, no state' },
        comparison,
      )
      const cost = Object.keys(pids).map((name) => `${name} ${median(costs.map((c) => c[name]!)).toFixed(0)} µs`)
      console.log(`  CPU for each event                 ${cost.join(', ')}`)
      await stopAll([...producing, consuming, ...bare])
    }),
  )
}
