import { ShortLived } from './short-lived.js'

describe('what is held for a short time', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('is gone after it, though nobody asks', () => {
    const held = new ShortLived<object>(2, 1_000)
    for (let life = 0; life < 2; life++) {
      held.set('a', {})
      jest.advanceTimersByTime(600)
      for (const key of ['b', 'c']) held.set(key, {})
      expect([held.size, held.get('a'), held.get('c')]).toEqual([2, undefined, {}])
      jest.advanceTimersByTime(400)
      expect(held.size).toBe(0)
    }
  })
})
