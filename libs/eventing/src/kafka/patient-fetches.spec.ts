import { PATIENT, patiently } from './patient-fetches.js'

const USUAL = { maxWaitTime: 500, minBytes: 1_000 }
const batch = (...rawMessages: string[]) => ({ rawMessages })

describe('the fetches of a group', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  function fetching(answer: () => Promise<ReturnType<typeof batch>[]>, leaving?: AbortSignal) {
    const paused: unknown[] = []
    const inflight = new Map<number, { entry: { apiKey: number }; timeoutRequest: () => void }>()
    const cluster = { brokerPool: { brokers: { 1: { connectionPool: { pool: [{ requestQueue: { inflight } }] } } } } }
    const group = { ...USUAL, assigners: [{ leaving }], cluster, paused: () => paused }
    const asked: (typeof USUAL)[] = []
    const fetch = patiently(function (this: typeof group) {
      asked.push({ maxWaitTime: this.maxWaitTime, minBytes: this.minBytes })
      return answer()
    })
    const next = async () => {
      const found = await fetch.call(group, 1)
      return { found, asked: asked.at(-1) }
    }
    return { next, paused, inflight }
  }

  it('wait longer when nothing has come for a while, and as usual as soon as something comes', async () => {
    let answer = [batch()]
    const { next } = fetching(() => Promise.resolve(answer))
    expect(await next()).toEqual({ found: [], asked: USUAL })
    jest.advanceTimersByTime(5_001)
    answer = [batch(), batch('a record')]
    expect(await next()).toEqual({ found: [batch('a record')], asked: PATIENT })
    expect((await next()).asked).toEqual(USUAL)
  })

  it('wait as usual while a partition is paused: it goes on with the next one', async () => {
    const { next, paused } = fetching(() => Promise.resolve([]))
    await next()
    jest.advanceTimersByTime(5_001)
    paused.push('a topic')
    expect((await next()).asked).toEqual(USUAL)
  })

  it('end when the consumer leaves, and no other request does', async () => {
    const leaving = new AbortController()
    const unanswered = Promise.withResolvers<never>()
    const { next, inflight } = fetching(() => unanswered.promise, leaving.signal)
    inflight.set(1, { entry: { apiKey: 1 }, timeoutRequest: () => unanswered.reject(new Error('timed out')) })
    const ofLeaving = { entry: { apiKey: 13 }, timeoutRequest: jest.fn() }
    inflight.set(2, ofLeaving)
    const underWay = next()
    leaving.abort()
    expect((await underWay).found).toEqual([])
    expect(ofLeaving.timeoutRequest).not.toHaveBeenCalled()
  })

  it('fail as ever while the consumer stays', async () => {
    const { next } = fetching(() => Promise.reject(new Error('no broker')), new AbortController().signal)
    await expect(next()).rejects.toThrow('no broker')
  })
})
