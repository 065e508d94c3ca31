import { setTimeout as delay } from 'node:timers/promises'
import type { StackBench } from '../measuring/bench.js'
import { median } from '../measuring/measure.js'
import { eventually } from '@mpics/testing/eventually'
import { sharedNow } from '../measuring/clock.js'
import { type Place, withPlace } from '../orders/place.js'
import type { Role } from './role.js'
import { roles, stopAll } from './roles.js'

const LOAD = { perSecond: 100, ms: 20_000, keys: 300 }
const BEFORE_MS = 3_000

export async function benchRecovery({ stack, rounds }: StackBench): Promise<void> {
  console.log(`\nTwo consumers, ${LOAD.perSecond} events a second (${rounds} rounds): the longest that an event waited`)
  const inPlace = (work: (place: Place) => Promise<number>) => () => withPlace(stack.addresses, work)
  const { kafka } = stack.servers
  await row(
    'a third consumer joins',
    rounds,
    inPlace((place) => longestWait(place, joins)),
  )
  await row(
    'a consumer leaves',
    rounds,
    inPlace((place) => longestWait(place, leaves)),
  )
  await row(
    'a consumer is killed',
    rounds,
    inPlace((place) => longestWait(place, isKilled)),
  )
  if (kafka)
    await row(
      'the broker was killed; since it is back',
      rounds,
      inPlace((place) => restart(place, kafka)),
    )
}

const joins = async (place: Place) => [await roles.consuming(place, 0)]

async function leaves(_: Place, [leaving]: Role[]): Promise<Role[]> {
  await leaving!.stop()
  return []
}

async function isKilled(_: Place, [killed]: Role[]): Promise<Role[]> {
  killed!.signal('SIGKILL')
  return []
}

async function row(title: string, rounds: number, once: () => Promise<number>): Promise<void> {
  const waits: number[] = []
  for (let round = 0; round < rounds; round++) waits.push((await once()) / 1000)
  waits.sort((a, b) => a - b)
  const range = `${waits[0]!.toFixed(1)}–${waits.at(-1)!.toFixed(1)}`
  console.log(`  ${title.padEnd(42)} ${median(waits).toFixed(1)} s (${range})`)
}

async function twoConsumers(place: Place): Promise<Role[]> {
  const consumers = await Promise.all([roles.consuming(place, 0), roles.consuming(place, 0)])
  for (const role of consumers) await eventually('the consumer to join', () => role.ask<boolean>('joined'))
  return consumers
}

async function longestWait(
  place: Place,
  happen: (place: Place, consumers: Role[]) => Promise<Role[]>,
): Promise<number> {
  const consumers = await twoConsumers(place)
  const producer = await roles.bare(place)
  const producing = producer.ask<number>('accept', LOAD)
  await delay(BEFORE_MS)
  consumers.push(...(await happen(place, consumers)))
  await producing
  const reports = await Promise.allSettled(consumers.map((role) => role.ask<{ slowest: number }>('report')))
  await stopAll([...consumers, producer])
  return Math.max(...reports.map((report) => (report.status === 'fulfilled' ? report.value.slowest : 0)))
}

/** From the broker's first answer until both consumers have handled something new. */
async function restart(place: Place, kafka: { killAndStay(): Promise<void>; start(): Promise<void> }): Promise<number> {
  const consumers = await twoConsumers(place)
  await kafka.killAndStay()
  await delay(BEFORE_MS)
  await kafka.start()
  const since = sharedNow()
  const producer = await roles.bare(place)
  const producing = producer.ask<number>('accept', LOAD)
  const handledAfter = async (role: Role) => (await role.ask<number>('last')) > since
  for (const role of consumers) await eventually('an event after the restart', () => handledAfter(role), 60_000)
  const wait = sharedNow() - since
  await producing
  await stopAll([...consumers, producer])
  return wait
}
