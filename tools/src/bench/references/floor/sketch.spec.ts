import { browsersIn, placeOf, type Sketch, withPlace } from './sketch.js'

const sketchOf = (browsers: number): Sketch =>
  Array.from({ length: browsers }, (_, n) => `b${n}`).reduce<Sketch>(
    (sketch, browser) => withPlace(sketch, placeOf(browser, 'key')),
    new Uint8Array(),
  )

describe('the sketch of a page', () => {
  it.each([0, 3, 100, 1_000, 2_000, 40_000])('tells about %i browsers', (browsers) => {
    const told = browsersIn(sketchOf(browsers))
    expect(Math.abs(told - browsers)).toBeLessThanOrEqual(0.06 * browsers)
  })

  it('is as small as its browsers are few, and never large', () => {
    expect(sketchOf(3).length).toBe(9)
    expect(sketchOf(40_000).length).toBe(4_096)
  })

  it('is the same for a browser that is in it', () => {
    const sketch = sketchOf(5_000)
    expect(withPlace(sketch, placeOf('b17', 'key'))).toBe(sketch)
  })
})
