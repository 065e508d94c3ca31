import { exposure } from './photo-facts.js'

describe('an exposure', () => {
  it.each([
    [1 / 8000, '1/8000 s'],
    [0.0015625, '1/640 s'],
    [1 / 15, '1/15 s'],
    [0.25, '1/4 s'],
    [0.3, '0.3 s'],
    [1 / 3, '0.3 s'],
    [0.4, '0.4 s'],
    [0.5, '0.5 s'],
    [0.6, '0.6 s'],
    [0.7, '0.7 s'],
    [0.8, '0.8 s'],
    [0.999, '1 s'],
    [1, '1 s'],
    [1.299999, '1.3 s'],
    [2.5, '2.5 s'],
    [30, '30 s'],
    [121.7, '121.7 s'],
  ])('of %f seconds is shown as cameras do: %s', (seconds, shown) => {
    expect(exposure(seconds)).toBe(shown)
  })
})
