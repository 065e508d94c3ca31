import { RateLimitedError } from '@mpics/service-kit'
import { ownersClaim, strangersClaim } from './claim.js'
import { HashingBusyError } from './hashing-busy.error.js'
import { HashingTurns } from './hashing-turns.js'

const refused: string[] = []
const turns = (places: number, concurrency = 1) =>
  new HashingTurns({ concurrency, places, refused: (outcome) => refused.push(outcome) })
const guess = (n: number, network = 'attacker') => strangersClaim(`name${n}`, network)

function held(pool: HashingTurns) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const done = pool.take(ownersClaim('first'), () => promise)
  return { letGo: () => (resolve(), done) }
}

it('runs no more at once than it may', async () => {
  const pool = turns(64, 2)
  let running = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
  }
  await Promise.all(Array.from({ length: 20 }, (_, n) => pool.take(guess(n, `net${n}`), work)))
  expect(most).toBe(2)
})

it('refuses the flood of a network with 429 and its delay, and nobody else', async () => {
  refused.length = 0
  const pool = turns(5)
  const first = held(pool)
  const order: string[] = []
  const flood = Array.from({ length: 50 }, (_, n) => pool.take(guess(n), async () => void order.push('guess')))
  const others = ['a', 'b'].map((name) =>
    pool.take(strangersClaim(name, name), async () => void order.push(`stranger ${name}`)),
  )
  const owner = pool.take(ownersClaim('ann', 'attacker'), async () => void order.push('ann'))
  await first.letGo()
  await Promise.all([...others, owner])
  const reasons = (await Promise.allSettled(flood)).flatMap((result) =>
    result.status === 'rejected' ? [result.reason as RateLimitedError] : [],
  )
  expect(reasons.length).toBe(48)
  for (const reason of reasons) {
    expect(reason).toBeInstanceOf(RateLimitedError)
    expect(reason.retryAfterSeconds).toBeGreaterThanOrEqual(1)
  }
  expect(refused).toEqual(reasons.map(() => 'flood'))
  expect(order.slice(0, 4).sort()).toEqual(['ann', 'guess', 'stranger a', 'stranger b'])
})

it('keeps places and turns for known browsers while a thousand networks guess, and a turn in four for strangers', async () => {
  refused.length = 0
  const pool = turns(16)
  const first = held(pool)
  const order: string[] = []
  const strangers = Array.from({ length: 1_000 }, (_, n) =>
    pool.take(guess(n, `net${n}`), async () => void order.push('stranger')),
  )
  const owners = Array.from({ length: 8 }, (_, n) =>
    pool.take(ownersClaim(`owner${n}`), async () => void order.push('owner')),
  )
  expect(pool.waiting).toBe(16)
  await first.letGo()
  await Promise.all(owners)
  const results = await Promise.allSettled(strangers)
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  expect(reasons).toHaveLength(992)
  for (const reason of reasons) expect(reason).toBeInstanceOf(HashingBusyError)
  expect(order.slice(0, 8).filter((who) => who === 'owner')).toHaveLength(6)
})

it('lets as many wait as this machine hashes in two seconds, and no more than it was told', async () => {
  const pool = turns(8)
  for (let n = 0; n < 100; n++) await pool.take(ownersClaim('slow'), () => new Promise((done) => setTimeout(done, 1)))
  const first = held(pool)
  const results = Array.from({ length: 40 }, (_, n) => pool.take(guess(n, `net${n}`), async () => undefined))
  expect(pool.waiting).toBe(8)
  await first.letGo()
  await Promise.allSettled(results)
})

it('lets few wait on a slow machine', async () => {
  let now = 0
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 500))
  const pool = turns(64)
  for (let n = 0; n < 100; n++) await pool.take(ownersClaim('slow'), async () => undefined)
  clock.mockRestore()
  const first = held(pool)
  const results = Array.from({ length: 40 }, (_, n) => pool.take(guess(n, `net${n}`), async () => undefined))
  expect(pool.waiting).toBe(16)
  await first.letGo()
  await Promise.allSettled(results)
})

it('tells at once, before any work, who would find no place', async () => {
  const pool = turns(4)
  pool.requirePlace(guess(0))
  const first = held(pool)
  const results = Array.from({ length: 4 }, (_, n) => pool.take(guess(n), async () => undefined))
  expect(() => pool.requirePlace(guess(5))).toThrow(RateLimitedError)
  expect(() => pool.requirePlace(guess(5, 'attackers other'))).not.toThrow()
  pool.requirePlace(strangersClaim('ann', 'elsewhere'))
  pool.requirePlace(ownersClaim('ann'))
  await first.letGo()
  await Promise.all(results)
})
