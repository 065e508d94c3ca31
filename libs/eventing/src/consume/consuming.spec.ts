import fc from 'fast-check'
import { restart, tick, useModelTime } from '../../test/model/clock.js'
import { ConsumingWorld } from '../../test/model/consuming-world.js'
import { counted, told, troubles } from '../../test/model/facts.js'
import { Network } from '../../test/model/network.js'
import { runs } from '../../test/model/runs.js'

type Step = (world: ConsumingWorld) => void | Promise<void>

const named = (name: string, step: Step): Step => Object.assign(step, { [fc.toStringMethod]: () => name })
const step = <T>(
  name: string,
  value: fc.Arbitrary<T>,
  act: (world: ConsumingWorld, value: T) => void | Promise<void>,
) => value.map((v) => named(`${name} ${JSON.stringify(v)}`, (world) => act(world, v)))

async function passes(world: ConsumingWorld, ticks: number): Promise<void> {
  for (let i = 0; i < ticks; i++) await tick()
}

const replica = fc.nat(1)
const key = fc.constantFrom('a', 'b', 'c')
const trouble = fc.oneof({ weight: 5, arbitrary: fc.constant('none' as const) }, fc.constantFrom(...troubles))
const again = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true))
const brokers = fc.subarray([0, 1], { minLength: 1 })
const litter = fc.tuple(
  fc.constantFrom(told, counted),
  fc.constantFrom('foreign' as const, 'tombstone' as const, 'unknown' as const, 'unreadable' as const),
)

const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: step('tell', fc.tuple(key, trouble, again), (world, how) => world.state(told, ...how)) },
    {
      weight: 5,
      arbitrary: step('count', fc.tuple(key, trouble, again), (world, how) => world.state(counted, ...how)),
    },
    { weight: 16, arbitrary: step('deliver', fc.integer({ min: 1, max: 25 }), (world, n) => world.network.deliver(n)) },
    { weight: 6, arbitrary: step('time passes', fc.integer({ min: 1, max: 8 }), passes) },
    { weight: 2, arbitrary: step('begin', fc.nat(0), (world) => void (world.replicas.length < 2 && world.begin())) },
    { weight: 2, arbitrary: step('expire', fc.nat(0), (world) => world.group.expire()) },
    { weight: 3, arbitrary: step('leaders change', brokers, (world, some) => world.group.changeLeaders(some)) },
    step('litter', litter, (world, [event, what]) => world.litter(event, what)),
    step('dead letters away', fc.boolean(), (world, away) => void (world.lettersAway = away)),
    step('die', replica, (world, i) => world.die(i)),
    step('leave', replica, (world, i) => world.leave(i)),
    step('pause', replica, (world, i) => world.replicas[i]?.process.pause()),
    step('resume', replica, (world, i) => world.replicas[i]?.process.resume()),
    step('cut', replica, (world, i) => world.replicas[i]?.process.cut()),
  ),
  { minLength: 10, maxLength: 80, size: 'max' },
)

async function holds(scheduler: fc.Scheduler, schedule: readonly Step[]): Promise<void> {
  const world = new ConsumingWorld(new Network(scheduler))
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

describe('consuming', () => {
  useModelTime()

  it('handles each message, one key in order, commits nothing unfinished, and ends as a single clean delivery would', async () => {
    const property = fc.asyncProperty(fc.scheduler(), steps, holds)
    await fc.assert(property.beforeEach(restart), runs(250))
  })

  it('leaves nothing to a replica that goes, at whichever moment of its beginning it is told to', async () => {
    const property = fc.asyncProperty(fc.scheduler(), fc.nat(20), async (scheduler, moment) => {
      const begins = named('begin', (world) => world.begin())
      const leaves = named('leave', async (world) => {
        await world.network.deliver(moment)
        world.leave(0)
        world.state(told, 'a', 'none', false)
      })
      await holds(scheduler, [begins, leaves])
    })
    await fc.assert(property.beforeEach(restart), runs(50))
  })
})
