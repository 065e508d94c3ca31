import fc from 'fast-check'
import { toldDays, type ToldStretch } from './told-days.js'

const dateOf = (i: number) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10)
const daysOf = (totals: readonly number[]) =>
  totals.flatMap((total, i) => (total > 0 ? [{ day: dateOf(i), total }] : []))
const totals = fc.array(fc.nat(9), { minLength: 1, maxLength: 30 })
const at = (n: number) => ({ until: dateOf(n), asOf: new Date(Date.UTC(2026, 0, 1 + n)) })
const plain = (all: readonly ToldStretch[]) => all.map(({ asOf: _, ...stretch }) => stretch)
const sum = (all: readonly { views: number }[]) => all.reduce((views, each) => views + each.views, 0)

describe('days of a page that are told and told again', () => {
  it('are the same whenever they are first asked for, and never overlap', () => {
    fc.assert(
      fc.property(totals, fc.array(fc.nat(30), { maxLength: 5 }), (all, asked) => {
        let told = toldDays([], [], at(0))
        for (const end of [...asked.sort((a, b) => a - b), 30])
          told = toldDays(told, daysOf(all.slice(0, end)), at(end))
        expect(plain(told)).toEqual(plain(toldDays([], daysOf(all), at(30))))
        for (const [i, { from, to, views }] of told.entries()) {
          expect(from <= to && views >= 5).toBe(true)
          if (i > 0) expect(from > told[i - 1]!.to).toBe(true)
        }
        expect(toldDays(told, daysOf(all), at(30))).toBe(told)
      }),
    )
  })

  it('change by nothing or by five and more when views come late or are counted anew, and are joined as they were', () => {
    fc.assert(
      fc.property(totals, fc.nat(29), fc.integer({ min: -9, max: 9 }), (all, n, more) => {
        const before = toldDays([], daysOf(all), at(30))
        const changed = all.map((total, i) => (i === n % all.length ? Math.max(0, total + more) : total))
        const after = toldDays(before, daysOf(changed), at(30))
        for (const [i, { from, to, views }] of before.entries()) {
          expect(after[i]).toMatchObject({ from, to })
          const step = Math.abs(after[i]!.views - views)
          expect(after[i]!.views >= 5 && (step === 0 || step >= 5)).toBe(true)
        }
        if (more >= 5 && before.some(({ from, to }) => from <= dateOf(n % all.length) && dateOf(n % all.length) <= to))
          expect(sum(after)).toBeGreaterThanOrEqual(sum(before) + more)
      }),
    )
  })

  it('are not taken back by a replica whose clock is behind', () => {
    const told = toldDays([], daysOf([6, 2, 7]), at(3))
    expect(toldDays(told, daysOf([6]), at(1))).toBe(told)
  })
})
