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
const bounds = { max: 3, ttlMs: 60_000 }
const bySession: CacheOptions = {
  ...bounds,
  name: 'tokens',
  droppedBy: [droppedBy(identity.sessionRevoked, ({ data }) => [data.sessionId])],
}

describe('invalidation', () => {
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

  it('holds no more entries, nor tags of entries, than its bound', () => {
    const { cache } = setUp()
    for (let i = 0; i < 100; i++) cache.set(`key ${i}`, 'value', [`tag ${i}`])
    cache.set('key 99', 'another', ['another tag'])
    expect(cache.size).toBe(3)
    expect((cache as unknown as { keysByTag: Map<string, unknown> }).keysByTag.size).toBe(3)
    cache.drop('tag 99')
    expect(cache.get('key 99')).toBe('another')
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
