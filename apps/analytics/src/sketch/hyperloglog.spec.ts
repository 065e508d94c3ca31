import { hash } from 'node:crypto'
import fc from 'fast-check'
import { HyperLogLog, placeOf } from './hyperloglog.js'

const place = (value: string) => placeOf(hash('sha256', value, 'binary'))

function sketchOf(values: Iterable<string>): HyperLogLog {
  const sketch = HyperLogLog.empty()
  for (const value of values) sketch.addPlace(place(value))
  return sketch
}

function* numbered(n: number, salt = '') {
  for (let i = 0; i < n; i++) yield `${salt}${i}`
}

describe('HyperLogLog', () => {
  it('is exact where people look: few visitors', () => {
    for (let n = 0; n <= 12; n++) expect(sketchOf(numbered(n, 'few')).estimate()).toBe(n)
  })

  it.each([100, 1_000, 5_000, 20_000, 200_000])('stays within four standard errors of %i', (n) => {
    const estimate = sketchOf(numbered(n, `${n}-`)).estimate()
    expect(Math.abs(estimate - n) / n).toBeLessThan(4 * (1.04 / Math.sqrt(4096)))
  })

  it('has no bias: the mean of many sketches comes near', () => {
    const [n, rounds] = [3_000, 60]
    let sum = 0
    for (let round = 0; round < rounds; round++) sum += sketchOf(numbered(n, `r${round}-`)).estimate()
    expect(Math.abs(sum / rounds / n - 1)).toBeLessThan(0.007)
  })

  const sets = fc.array(fc.string(), { maxLength: 300 })

  it('does not mind order and repeats', () => {
    fc.assert(
      fc.property(sets, (values) => {
        const again = [...values, ...values].reverse()
        expect(sketchOf(again).toBytes()).toEqual(sketchOf(values).toBytes())
      }),
    )
  })

  it('never counts down when something is added', () => {
    fc.assert(
      fc.property(sets, fc.string(), (values, more) => {
        expect(sketchOf([...values, more]).estimate()).toBeGreaterThanOrEqual(sketchOf(values).estimate())
      }),
    )
  })

  it('merges into the sketch of the union', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(sketchOf(a).merge(sketchOf(b)).toBytes()).toEqual(sketchOf([...a, ...b]).toBytes())
      }),
    )
  })

  it('merges full sketches, register by register', () => {
    const full = (salt: string) => sketchOf(numbered(60_000, salt))
    const [some, others] = [full('some').toBytes(), full('others').toBytes()]
    const greater = some.map((rank, i) => Math.max(rank, others[i]!))
    expect(
      full('some')
        .merge(HyperLogLog.fromBytes(Buffer.from(others)))
        .toBytes(),
    ).toEqual(greater)
  })

  it.each([0, 1, 1_000, 1_700, 50_000])('comes back from its bytes (%i values)', (n) => {
    const bytes = sketchOf(numbered(n)).toBytes()
    expect(HyperLogLog.fromBytes(bytes).toBytes()).toEqual(bytes)
    expect(bytes.length).toBeLessThanOrEqual(4097)
  })

  it('refuses bytes that are not a sketch', () => {
    expect(() => HyperLogLog.fromBytes(Uint8Array.of(9, 1, 2, 3))).toThrow('not a sketch')
    expect(() => HyperLogLog.fromBytes(new Uint8Array(4097))).toThrow('not a sketch')
  })

  it('gives extreme hashes their rank', () => {
    const sketch = HyperLogLog.empty()
    sketch.addPlace(placeOf('\0'.repeat(8)))
    expect([...sketch.toBytes()]).toEqual([1, 0, 0, 53])
    sketch.addPlace(placeOf('\xff'.repeat(8)))
    expect([...sketch.toBytes()]).toEqual([1, 0, 0, 53, 0x0f, 0xff, 1])
  })
})
