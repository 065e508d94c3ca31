import { comparedDays, daysAsked, pointOf, pointsIn } from './asked-days.js'

const NOW = new Date('2026-03-10T12:00:00Z')

describe('the days that are asked for', () => {
  it.each([
    [{}, '2026-02-09', '2026-03-10'],
    [{ to: '2026-01-31' }, '2026-01-02', '2026-01-31'],
    [{ from: '2026-03-01', to: '2099-01-01' }, '2026-03-01', '2026-03-10'],
    [{ from: '1926-01-01', to: '2005-01-02' }, '2005-01-01', '2005-01-02'],
    [{ to: '1990-01-01', from: '1980-01-01' }, '2005-01-01', '1990-01-01'],
    [{ from: '2027-01-01', to: '2027-01-02' }, '2027-01-01', '2026-03-10'],
  ])('%j', (asked, from, to) => {
    const days = daysAsked(asked, NOW)
    expect(days).toEqual({ from, to })
    if (from > to) expect(pointsIn(days, 'day')).toEqual([])
  })

  it('are refused in the wrong order, and where there are too many of them', () => {
    expect(() => daysAsked({ from: '2026-02-02', to: '2026-02-01' }, NOW)).toThrow()
    const all = daysAsked({ from: '2005-01-01' }, NOW)
    expect(() => pointsIn(all, 'day')).toThrow()
    expect(pointsIn(all, 'week')).toHaveLength(1_107)
  })

  it('belong to points, the first of which may be cut', () => {
    const asked = { from: '2026-01-29', to: '2026-02-03' }
    expect(pointsIn(asked, 'week')).toEqual(['2026-01-29', '2026-02-02'])
    expect(pointsIn(asked, 'month')).toEqual(['2026-01-29', '2026-02-01'])
    expect(pointOf('2026-02-03', 'month', asked)).toBe('2026-02-01')
  })

  it('are compared with as many days before, or with those of a year before', () => {
    const asked = { from: '2026-03-01', to: '2026-03-10' }
    expect(comparedDays(asked, 'previous')).toEqual({ from: '2026-02-19', to: '2026-02-28' })
    expect(comparedDays(asked, 'year')).toEqual({ from: '2025-03-01', to: '2025-03-10' })
  })
})
