import { Backoff } from './backoff.js'

describe('back-off', () => {
  it('doubles up to a limit and starts over after a healthy life', () => {
    const backoff = new Backoff()
    expect([10, 10, 10, 10, 10, 10, 10].map((lived) => backoff.next(lived))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000,
    ])
    expect(backoff.next(31_000)).toBe(500)
  })
})
