import fc from 'fast-check'
import { restart, tick, useModelTime } from '../../test/model/clock.js'
import { Network } from '../../test/model/network.js'
import { RelayWorld, TOPICS } from '../../test/model/relay-world.js'
import { runs } from '../../test/model/runs.js'

type Step = (world: RelayWorld) => void | Promise<void>

const named = (name: string, step: Step): Step => Object.assign(step, { [fc.toStringMethod]: () => name })
const step = <T>(name: string, value: fc.Arbitrary<T>, act: (world: RelayWorld, value: T) => void | Promise<void>) =>
  value.map((v) => named(`${name} ${JSON.stringify(v)}`, (world) => act(world, v)))

async function passes(_world: RelayWorld, ticks: number): Promise<void> {
  for (let i = 0; i < ticks; i++) await tick()
}

const replica = fc.nat(1)
const types = fc.array(fc.constantFrom(...TOPICS.map((topic) => `${topic}.told.v1`)), { maxLength: 3 })
const save = fc.tuple(fc.constantFrom('a', 'b', 'c'), types, fc.constantFrom('whole' as const, 'parts' as const))

const usual = [
  {
    weight: 6,
    arbitrary: step('save', save, (world, [id, events, shape]) => world.aggregates.save(id, events, shape)),
  },
  { weight: 10, arbitrary: step('deliver', fc.integer({ min: 1, max: 12 }), (world, n) => world.network.deliver(n)) },
  {
    weight: 4,
    arbitrary: step('replicate', fc.integer({ min: 1, max: 5 }), (world, n) => world.aggregates.replicate(n)),
  },
  { weight: 5, arbitrary: step('time passes', fc.integer({ min: 1, max: 8 }), passes) },
]

const stalls = [
  { weight: 2, arbitrary: step('begin', fc.nat(0), (world) => void (world.replicas.length < 2 && world.begin())) },
  { weight: 2, arbitrary: step('pause', replica, (world, i) => world.replicas[i]?.process.pause()) },
  { weight: 2, arbitrary: step('resume', replica, (world, i) => world.replicas[i]?.process.resume()) },
  { weight: 2, arbitrary: step('cut', replica, (world, i) => world.replicas[i]?.process.cut()) },
]

const faults = [
  step('the primary fails', fc.nat(0), (world) => world.aggregates.fail()),
  step('die', replica, (world, i) => world.end(i)),
  step('leave', replica, (world, i) => world.leave(i)),
  step('kafka takes', fc.constantFrom(0, 1, 2, 99), (world, n) => void (world.kafka.patience = n)),
  step('not told', fc.constantFrom(1, 3, 99), (world, n) => void (world.failingCalls = n)),
  step('missing', fc.constantFrom(...TOPICS), (world, topic) => void world.kafka.topics.delete(topic)),
  step('refused', fc.constantFrom(...TOPICS), (world, topic) => void world.kafka.refused.add(topic)),
  step('accepted', fc.constantFrom(...TOPICS), (world, topic) => world.kafka.accept(topic)),
  step('too large', fc.nat(0), (world) => world.kafka.refuseLargest([...world.aggregates.durable.keys()].at(-1))),
]

async function holds(scheduler: fc.Scheduler, schedule: readonly Step[]): Promise<void> {
  const world = new RelayWorld(new Network(scheduler))
  try {
    world.begin()
    for (const act of schedule) {
      await act(world)
      world.check()
    }
    await world.recover()
  } finally {
    world.close()
  }
}

const schedules = (...steps: fc.WeightedArbitrary<Step>[]) =>
  fc.array(fc.oneof(...steps), { minLength: 10, maxLength: 80, size: 'max' })

describe('relays', () => {
  useModelTime()

  it('publish each durable event, in order, and forget none before, nor before its service has heard of it, whatever dies, stalls or is refused', async () => {
    const rare = faults.map((arbitrary) => ({ weight: 1, arbitrary }))
    const property = fc.asyncProperty(fc.scheduler(), schedules(...usual, ...stalls, ...rare), holds)
    await fc.assert(property.beforeEach(restart), runs(250))
  })

  it('say nothing of an old holder of the lease after the new one’s first word, however long it was stalled', async () => {
    const property = fc.asyncProperty(fc.scheduler(), schedules(...usual, ...stalls), holds)
    await fc.assert(property.beforeEach(restart), runs(250))
  })
})
