import fc from 'fast-check'
import { OTHER } from '../counts/dimension.js'
import { joinedDays, longerStretches } from './joined-days.js'
import { type Part, publishable } from './publishable.js'

const SMALLEST = 5
const views = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2 }))
const parts = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), views), {
    selector: ([value]) => value,
    minLength: 1,
    maxLength: 12,
  })
  .map((all) => all.map(([value, views]): Part => ({ value: `v${value}`, views })))

const sum = (all: readonly Part[]) => all.reduce((total, { views }) => total + views, 0)

/**
 * An attacker knows which values there are, the whole, what is told of it, and that what is not told has at least one view each. For each hidden
 * part the equation `hidden parts = other` gives bounds; it is got back where they meet.
 */
function gotBack(original: readonly Part[], told: readonly Part[], whole: number): number {
  if (told.length === 0) return 0
  const names = new Set(told.map(({ value }) => value))
  const hidden = original.filter(({ value }) => !names.has(value))
  const rest = whole - sum(told.filter(({ value }) => value !== OTHER))
  const upper = rest - (hidden.length - 1)
  return hidden.filter(() => upper <= 1 || hidden.length === 1).length
}

describe('what may be told of parts', () => {
  it('has no part under five, and adds up to the whole', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const told = publishable(all)
        for (const { views } of told) expect(views).toBeGreaterThanOrEqual(SMALLEST)
        if (told.length > 0) expect(sum(told)).toBe(sum(all))
        expect(publishable(all.toReversed())).toEqual(told)
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives none of 10,000 hidden parts back to whoever solves its equations, and gives them back without the second step', () => {
    let [hidden, found, foundWithout] = [0, 0, 0]
    for (const all of fc.sample(parts, { numRuns: 6_000, seed: 7 })) {
      hidden += all.filter(({ views }) => views < SMALLEST).length
      found += gotBack(all, publishable(all), sum(all))
      foundWithout += gotBack(all, publishable(all, 1), sum(all))
    }
    expect(hidden).toBeGreaterThan(10_000)
    expect(found).toBe(0)
    expect(foundWithout).toBeGreaterThan(100)
  })

  it('hides a part by the next larger one, and says nothing where nothing is left', () => {
    expect(
      publishable([
        { value: 'NL', views: 40 },
        { value: 'DE', views: 9 },
        { value: 'IS', views: 2 },
      ]),
    ).toEqual([
      { value: 'NL', views: 40 },
      { value: OTHER, views: 11 },
    ])
    expect(
      publishable([
        { value: 'NL', views: 40 },
        { value: 'IS', views: 2 },
      ]),
    ).toEqual([])
    expect(
      publishable([
        { value: 'NL', views: 40 },
        { value: 'DE', views: 9 },
      ]),
    ).toHaveLength(2)
  })
})

describe('days that are joined', () => {
  const days = fc
    .array(fc.nat(9), { maxLength: 40 })
    .map((totals) =>
      totals.map((total, i) => ({ day: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10), total })),
    )

  it('have five views together, overlap with no others, and are changed by no later day', () => {
    fc.assert(
      fc.property(days, fc.nat(40), (all, cut) => {
        const told = joinedDays(all)
        for (const { views } of told) expect(views).toBeGreaterThanOrEqual(SMALLEST)
        for (const [i, { from }] of told.entries()) if (i > 0) expect(from > told[i - 1]!.to).toBe(true)
        const before = joinedDays(all.slice(0, cut))
        expect(told.slice(0, before.length)).toEqual(before)
        for (const least of ['week', 'month'] as const)
          expect(sum(longerStretches(told, least).map(({ views }) => ({ value: '', views })))).toBe(
            sum(told.map(({ views }) => ({ value: '', views }))),
          )
      }),
    )
  })
})
