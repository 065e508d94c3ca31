import { Places } from './places.js'

describe('places of a shared pool', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  const rules = { most: 2, each: 2, full: () => new Error('full'), tooMany: () => new Error('too many') }
  function guest(account: string, bytesPerSecond: number, waitsForUs = () => false) {
    const since = performance.now()
    const leave = jest.fn()
    return { account, moved: () => ((performance.now() - since) / 1000) * bytesPerSecond, waitsForUs, leave }
  }

  it('are bounded in all and for each account, and given back once', () => {
    const places = new Places({ ...rules, each: 1 })
    const free = places.take(guest('a', 1e6))
    expect(() => places.take(guest('a', 1e6))).toThrow('too many')
    places.take(guest('b', 1e6))
    expect(() => places.take(guest('c', 1e6))).toThrow('full')
    free()
    free()
    expect(places.taken).toBe(1)
    places.take(guest('a', 1e6))
  })

  it('are lost by who moves less than the least, not by who waits for us', () => {
    const places = new Places({ ...rules, most: 3 })
    const [slow, fast, waiting] = [guest('a', 1), guest('b', 20_000), guest('c', 0, () => true)]
    for (const one of [slow, fast, waiting]) places.take(one)
    jest.advanceTimersByTime(20_000)
    expect([slow, fast, waiting].map(({ leave }) => leave.mock.calls.length)).toEqual([1, 0, 0])
    expect(places.taken).toBe(2)
  })

  it('go from the slowest to who comes when all are taken, but not from who moves', () => {
    const places = new Places(rules)
    const [slow, slower] = [guest('a', 50_000), guest('b', 30_000)]
    places.take(slow)
    places.take(slower)
    expect(() => places.take(guest('c', 1e6))).toThrow('full')
    jest.advanceTimersByTime(3_000)
    places.take(guest('c', 1e6))
    expect([slow, slower].map(({ leave }) => leave.mock.calls.length)).toEqual([0, 1])
    places.take(guest('d', 1e6))
    expect(slow.leave).toHaveBeenCalled()
    jest.advanceTimersByTime(3_000)
    expect(() => places.take(guest('e', 1e6))).toThrow('full')
  })
})
