import { setImmediate as turn } from 'node:timers/promises'
import { Gathered } from './gathered.js'

describe('questions of one moment', () => {
  afterEach(() => jest.useRealTimers())
  const setUp = (most = 80) => {
    const calls: { keys: string[]; answer: () => void; fail: (error: Error) => void }[] = []
    const gathered = new Gathered<string>((keys) => {
      const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, string>>()
      calls.push({ keys, answer: () => resolve(new Map(keys.map((key) => [key, key.toUpperCase()]))), fail: reject })
      return promise
    }, most)
    return { gathered, calls, asked: () => calls.map(({ keys }) => keys) }
  }

  it('are one call, in which each key stands once', async () => {
    const { gathered, calls, asked } = setUp()
    const [first, second] = [gathered.load(['a', 'b']), gathered.load(['b', 'c'])]
    await turn()
    expect(asked()).toEqual([['a', 'b', 'c']])
    calls[0]!.answer()
    expect([(await first).get('a'), (await second).get('c')]).toEqual(['A', 'C'])
  })

  it('that come while a call is under way wait for its end, and no longer', async () => {
    const { gathered, calls, asked } = setUp()
    const first = gathered.load(['a'])
    await turn()
    void gathered.load(['b'])
    void gathered.load(['c'])
    calls[0]!.answer()
    await first
    await turn()
    expect(asked()).toEqual([['a'], ['b', 'c']])
  })

  it('wait for those who shared an answer', async () => {
    jest.useFakeTimers()
    const { gathered, calls, asked } = setUp()
    for (const key of ['a', 'b']) void gathered.load([key])
    await jest.advanceTimersByTimeAsync(0)
    void gathered.load(['c'])
    await jest.advanceTimersByTimeAsync(1)
    calls[0]!.answer()
    await jest.advanceTimersByTimeAsync(1)
    expect(asked()).toHaveLength(1)
    void gathered.load(['d'])
    await jest.advanceTimersByTimeAsync(1)
    expect(asked()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    calls[1]!.answer()
    await jest.advanceTimersByTimeAsync(1)
    void gathered.load(['e'])
    await jest.advanceTimersByTimeAsync(1)
    expect(asked()).toHaveLength(2)
    await jest.advanceTimersByTimeAsync(1)
    expect(asked()[2]).toEqual(['e'])
  })

  it('wait no longer for those who share the next answer', async () => {
    jest.useFakeTimers()
    const { gathered, calls, asked } = setUp()
    for (const key of ['a', 'b']) void gathered.load([key])
    await jest.advanceTimersByTimeAsync(0)
    for (const key of ['c', 'd']) void gathered.load([key])
    await jest.advanceTimersByTimeAsync(2)
    void gathered.load(['e'])
    for (const call of calls) {
      await jest.advanceTimersByTimeAsync(1)
      call.answer()
    }
    await jest.advanceTimersByTimeAsync(0)
    expect(asked()).toHaveLength(2)
    await jest.advanceTimersByTimeAsync(1)
    expect(asked()[2]).toEqual(['e'])
  })

  it('do not wait for a call that takes long', async () => {
    const { gathered, calls } = setUp()
    void gathered.load(['a'])
    await turn()
    const second = gathered.load(['b'])
    while (calls.length < 2) await turn()
    calls[1]!.answer()
    expect((await second).get('b')).toBe('B')
  })

  it('are as many calls as they need', async () => {
    const { gathered, asked } = setUp(3)
    for (const keys of [['a', 'b'], ['c', 'd'], ['c'], ['e', 'f', 'g']]) void gathered.load(keys)
    while (asked().length < 3) await turn()
    expect(asked()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f', 'g'],
    ])
  })

  it('are a call that an address has room for, whatever strangers ask for', async () => {
    const { gathered, asked } = setUp()
    const long = (from: number) => Array.from({ length: 39 }, (_, i) => '/'.repeat(150 + from + i))
    for (const keys of [['a'], long(0), ['b'], long(39), ['c']]) void gathered.load(keys)
    while (asked().length < 5) await turn()
    expect(asked()).toEqual([['a'], long(0), ['b'], long(39), ['c']])
  })

  it('fail together, and the next ones are asked again', async () => {
    const { gathered, calls } = setUp()
    const both = [gathered.load(['a']), gathered.load(['b'])]
    await turn()
    calls[0]!.fail(new Error('away'))
    for (const one of both) await expect(one).rejects.toThrow('away')
    const again = gathered.load(['a'])
    while (calls.length < 2) await turn()
    calls[1]!.answer()
    expect((await again).get('a')).toBe('A')
  })
})
