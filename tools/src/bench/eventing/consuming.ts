import type { StackBench } from '../measuring/bench.js'
import { interleaved } from '../measuring/measure.js'
import { spent } from '../measuring/process-figures.js'
import { reportRates, type Throughput } from '../measuring/report.js'
import { type Place, withPlace } from '../orders/place.js'
import type { Role } from './role.js'
import { roles, untilHandled } from './roles.js'

const KEYS = 300
const BATCH = 1_000

/** A handler of 2 ms against Nest's own Kafka server, and one that does nothing against bare kafkajs; each on the same topic. */
export async function benchConsuming({ stack, rounds }: StackBench): Promise<void> {
  const slow = await interleaved(
    () => withRecords(stack, 20_000, (place, n) => drain('@On, 2 ms', () => roles.consuming(place, 2), n)),
    () => withRecords(stack, 1_000, (place, n) => drain('Nest', () => roles.nest(place, 2, 1), n)),
    rounds,
  )
  reportRates(
    'Consuming with a handler of 2 ms, 6 partitions, 300 keys',
    { ours: '@On', reference: "Nest's server" },
    slow,
  )
  const concurrent = await interleaved(
    () => withRecords(stack, 20_000, (place, n) => drain('@On, 2 ms', () => roles.consuming(place, 2), n)),
    () => withRecords(stack, 6_000, (place, n) => drain('Nest', () => roles.nest(place, 2, 6), n)),
    rounds,
  )
  reportRates(
    'The same, Nest told to take 6 partitions at once',
    { ours: '@On', reference: "Nest's server" },
    concurrent,
  )
  const idle = await interleaved(
    () => withRecords(stack, 100_000, (place, n) => drain('@On', () => roles.consuming(place, 0), n)),
    () => withRecords(stack, 100_000, (place, n) => drain('bare kafkajs', () => listening(place), n)),
    rounds,
  )
  reportRates('Draining with a handler that does nothing', { ours: '@On', reference: 'bare kafkajs' }, idle)
}

async function listening(place: Place): Promise<Role> {
  const role = await roles.bare(place)
  await role.ask('consume')
  return role
}

async function withRecords(
  stack: StackBench['stack'],
  count: number,
  work: (place: Place, count: number) => Promise<Throughput>,
): Promise<Throughput> {
  return withPlace(stack.addresses, async (place) => {
    const producer = await roles.bare(place)
    await producer.ask('make', { count, keys: KEYS })
    await producer.ask('produce', BATCH)
    await producer.stop()
    return work(place, count)
  })
}

/** The rate is that between the first and the last handled event; the CPU includes the start of the process. */
async function drain(_: string, start: () => Promise<Role>, count: number): Promise<Throughput> {
  const consumer = await start()
  const [{ perSecond }, cpu] = await spent({ node: consumer.pid }, () => untilHandled(consumer, count))
  await consumer.stop()
  return { perSecond, cpuMicros: { node: (cpu.node / count) * 1e6 } }
}
