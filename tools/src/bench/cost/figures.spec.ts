import type { Summary } from '../measuring/measure.js'
import { coresOf, figuresOf, isPossible } from './figures.js'

const summary: Summary = { count: 400, perSecond: 200, p50: 4, p99: 9 }

it('counts operations until the last is done, where its answer does not say so', () => {
  const answeredAlone = figuresOf({ summary }, {})
  const doneLater = figuresOf({ summary, doneAfter: 4 }, {})
  expect([answeredAlone.rate, answeredAlone.answered]).toEqual([200, 200])
  expect([doneLater.rate, doneLater.answered]).toEqual([100, 200])
})

it('shares a call among its operations', () => {
  const { operations, rate, answered, cpuOf, cpu } = figuresOf({ summary, doneAfter: 4 }, { ours: 2, others: NaN }, 20)
  expect({ operations, rate, answered }).toEqual({ operations: 8_000, rate: 2_000, answered: 4_000 })
  expect(cpuOf).toEqual({ ours: 0.25 })
  expect(cpu).toBe(0.25)
})

it('knows figures that no machine of so many cores can have', () => {
  const [answeredAlone, doneLater] = [{ summary }, { summary, doneAfter: 4 }].map((measured) =>
    figuresOf(measured, { gateway: 3, mongod: 3 }),
  )
  expect([answeredAlone, doneLater].map((figures) => coresOf(figures!))).toEqual([3, 1.5])
  expect(isPossible([answeredAlone!, doneLater!, answeredAlone!], 2)).toBe(false)
  expect(isPossible([doneLater!, answeredAlone!, doneLater!], 2)).toBe(true)
})
