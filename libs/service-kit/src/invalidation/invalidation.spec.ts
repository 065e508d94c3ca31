import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Envelope, identity } from '@mpics/contracts'
import type { EventServer } from '@mpics/eventing'
import { type CacheOptions, droppedBy, Invalidation } from './invalidation.js'

const listeners: ((envelope: Envelope) => void)[] = []
const hear = (envelope: Envelope) => listeners.at(-1)!(envelope)
const hearing = (...events: { type: string; everyReplica: boolean }[]) =>
  ({
    afterEach: (listener: (envelope: Envelope) => void) => listeners.push(listener),
    handlers: events.map(({ type, everyReplica }) => ({
      event: { type },
      delivery: everyReplica ? 'every-replica' : 'shared',
    })),
  }) as unknown as EventServer
const revoked = (sessionId: string) =>
  ({ type: identity.sessionRevoked.type, data: { sessionId } }) as unknown as Envelope
const bounds = { maxBytes: 64_000, ttlMs: 60_000 }
const bySession: CacheOptions = {
  ...bounds,
  name: 'tokens',
  droppedBy: [droppedBy(identity.sessionRevoked, ({ data }) => [data.sessionId])],
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed
}

describe('invalidation', () => {
  afterEach(() => jest.restoreAllMocks())

  const setUp = () => {
    const invalidation = new Invalidation(hearing({ type: identity.sessionRevoked.type, everyReplica: true }))
    return { invalidation, cache: invalidation.cache<string>(bySession) }
  }

  it('drops the entries that an event makes stale, in each cache that names it, and no others', () => {
    const { invalidation, cache } = setUp()
    const other = invalidation.cache<number>({ ...bySession, name: 'sessions' })
    cache.set('a', 'A', ['one'])
    cache.set('b', 'B', ['one', 'two'])
    cache.set('c', 'C', ['two'])
    other.set('x', 1, ['one'])
    hear({ ...revoked('one'), type: identity.policyPublished.type })
    expect([cache.size, other.size]).toEqual([3, 1])
    hear(revoked('one'))
    expect([cache.get('a'), cache.get('b'), cache.get('c'), other.size]).toEqual([undefined, undefined, 'C', 0])
  })

  it('does not cache an answer that was under way when its event came', async () => {
    const { cache } = setUp()
    const { promise, resolve } = Promise.withResolvers<string>()
    const stale = cache.load(
      'a',
      () => promise,
      () => ['one'],
    )
    const fresh = cache.load(
      'b',
      () => promise,
      () => ['two'],
    )
    hear(revoked('one'))
    resolve('value')
    expect(await Promise.all([stale, fresh])).toEqual(['value', 'value'])
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 'value'])
  })

  it('asks once for what it holds, and again after a failure', async () => {
    const { cache } = setUp()
    const ask = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue('value')
    const load = () => cache.load('a', ask, () => [])
    await expect(load()).rejects.toThrow('away')
    expect([await load(), await load(), ask.mock.calls.length]).toEqual(['value', 'value', 2])
  })

  it('lets no answer outlive those that it is made of, of whichever cache', async () => {
    let now = performance.now()
    jest.spyOn(performance, 'now').mockImplementation(() => now)
    const { invalidation, cache } = setUp()
    const pages = invalidation.cache<string>({ ...bySession, name: 'pages' })
    const text = jest.fn().mockResolvedValue('text')
    const partOf = () => cache.load('part', text, () => ['one'])
    const page = jest.fn(async () => `page of ${await partOf()}`)
    const load = (key: string) => pages.load(key, page, () => [])
    const later = async (ms: number) => {
      now += ms
      // the cache reads its clock once for a millisecond
      await setTimeout(5)
    }
    const asked = () => [page.mock.calls.length, text.mock.calls.length]
    await partOf()
    await later(bounds.ttlMs - 1_000)
    for (let i = 0; i < 2; i++) await load('of a held one')
    expect(asked()).toEqual([1, 1])
    await later(1_001)
    await Promise.all([load('of one under way'), partOf(), load('of the same')])
    expect(asked()).toEqual([3, 2])
    await load('of a held one')
    expect(asked()).toEqual([4, 2])
    await later(bounds.ttlMs + 1)
    for (const key of ['of a held one', 'of one under way', 'of the same']) await load(key)
    expect(asked()).toEqual([7, 3])
  })

  it('lets an answer live from when it was asked for, however long it took', async () => {
    let now = performance.now()
    jest.spyOn(performance, 'now').mockImplementation(() => now)
    const { cache } = setUp()
    const slow = (ms: number) => async () => ((now += ms), `after ${ms}`)
    await cache.load('too late', slow(bounds.ttlMs), () => [])
    await cache.load('in time', slow(bounds.ttlMs - 1), () => [])
    expect([cache.get('too late'), cache.get('in time')]).toEqual([undefined, `after ${bounds.ttlMs - 1}`])
    now += 2
    // the cache reads its clock once for a millisecond
    await setTimeout(5)
    expect(cache.get('in time')).toBeUndefined()
  })

  it('does not hold what is made of an answer that it may not hold', async () => {
    const { invalidation, cache } = setUp()
    const pages = invalidation.cache<string>({ ...bySession, name: 'pages' })
    const part = () =>
      cache.load(
        'part',
        async () => 'text',
        () => null,
      )
    await pages.load('page', part, () => [])
    expect([cache.size, pages.size]).toEqual([0, 0])
  })

  it('holds no more bytes of keys, values and tags than its bound, whatever their lengths', () => {
    const { cache } = setUp()
    for (let i = 0; i < 1000; i++) cache.set(`key ${i}`.padEnd(i * 10, 'k'), 'v'.repeat(i), [`tag ${i}`])
    cache.set('key', 'value', ['tag'])
    cache.set('key', 'another', ['another tag'])
    expect(cache.bytes).toBeLessThanOrEqual(bounds.maxBytes)
    expect((cache as unknown as { keysByTag: Map<string, unknown> }).keysByTag.size).toBe(cache.size)
    cache.drop('tag')
    expect(cache.get('key')).toBe('another')
  })

  it('does not take what is larger than itself', () => {
    const { cache } = setUp()
    cache.set('key', 'v'.repeat(bounds.maxBytes), ['tag'])
    expect([cache.size, (cache as unknown as { keysByTag: Map<string, unknown> }).keysByTag.size]).toEqual([0, 0])
  })

  it('takes no more memory than it counts', () => {
    const { invalidation } = setUp()
    const maxBytes = 8 * 1024 * 1024
    const cache = invalidation.cache<object>({ ...bySession, maxBytes })
    const before = heapUsed()
    for (let i = 0; i < 100_000; i++) cache.set(`${i} ${randomUUID()}`, { member: randomUUID(), i }, [randomUUID()])
    expect(heapUsed() - before).toBeLessThan(maxBytes)
    expect(cache.bytes).toBeGreaterThan(maxBytes * 0.9)
  })

  it('refuses to start with an event that not every replica hears', () => {
    const start = (server: EventServer) => {
      const invalidation = new Invalidation(server)
      invalidation.cache(bySession)
      invalidation.onApplicationBootstrap()
    }
    const message = `The cache tokens is dropped by ${identity.sessionRevoked.type}, which no reaction hears in every replica.`
    expect(() => start(hearing())).toThrow(message)
    expect(() => start(hearing({ type: identity.sessionRevoked.type, everyReplica: false }))).toThrow(message)
    expect(() => start(hearing({ type: identity.sessionRevoked.type, everyReplica: true }))).not.toThrow()
  })
})
