import type { Summary } from '../measuring/measure.js'
import { figuresOf, isPossible } from './figures.js'

const summary: Summary = { count: 400, perSecond: 200, p50: 4, p99: 9 }
const nothing = { seconds: {}, behind: {}, elapsed: 2 }

it('counts operations until the last is done, where its answer does not say so', () => {
  const answeredAlone = figuresOf({ summary, ...nothing })
  const doneLater = figuresOf({ summary, ...nothing, doneAfter: 4 })
  expect([answeredAlone.rate, answeredAlone.answered]).toEqual([200, 200])
  expect([doneLater.rate, doneLater.answered]).toEqual([100, 200])
})

it('shares a call among its operations', () => {
  const spent = { seconds: { ours: 1, others: NaN }, behind: { ours: 1, others: NaN }, elapsed: 5 }
  const { operations, rate, answered, cpuOf, cpu } = figuresOf({ summary, doneAfter: 4, ...spent }, 20)
  expect({ operations, rate, answered }).toEqual({ operations: 8_000, rate: 2_000, answered: 4_000 })
  expect(cpuOf).toEqual({ ours: 0.25 })
  expect(cpu).toBe(0.25)
})

it('tells how many cores were busy until all rested, with whoever asked', () => {
  const seconds = { gateway: 2, mongod: 1, asking: 1 }
  const settled = figuresOf({ summary, seconds, behind: { gateway: 0.5, mongod: 0.25, asking: 0.25 }, elapsed: 4 })
  expect([settled.cores, settled.cpu, settled.behind]).toEqual([1.25, 9.375, 0.2])
  expect(settled.cpuOf).toEqual({ gateway: 6.25, mongod: 3.125 })
})

it('knows figures that no machine of so many cores can have', () => {
  const of = (asking: number) =>
    figuresOf({ summary, seconds: { gateway: 4, asking }, behind: { gateway: 0, asking: 0 }, elapsed: 2 })
  expect(isPossible([of(1), of(0), of(1)], 2)).toBe(false)
  expect(isPossible([of(0), of(1), of(0)], 2)).toBe(true)
  expect(isPossible([of(0), of(0.6)], 2)).toBe(false)
})

it('knows a rate of which most of the work goes on behind it', () => {
  const of = (later: number) => figuresOf({ summary, seconds: { gateway: 3 }, behind: { gateway: later }, elapsed: 8 })
  expect(isPossible([of(4), of(2), of(4)], 2)).toBe(false)
  expect(isPossible([of(2), of(4), of(2)], 2)).toBe(true)
  expect(isPossible([of(1), of(4)], 2)).toBe(false)
})
