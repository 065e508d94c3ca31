import { comparedPeriod, periodOf } from './asked-period.js'
import { type Interval, pointIndex, pointsOf } from './series-points.js'

const now = new Date('2026-11-29T10:20:30Z')
const period = (from: string, to: string, zone = 'UTC') => periodOf({ from, to, zone }, now)
const points = (interval: Interval, from: string, to: string, zone?: string) =>
  pointsOf(period(from, to, zone), interval).map((at) => at.toISOString().slice(0, 16))

describe('the points of a series', () => {
  it('are full hours, also where a day has 23 or 25 of them', () => {
    expect(points('hour', '2026-03-29', '2026-03-29', 'Europe/Berlin')).toHaveLength(23)
    expect(points('hour', '2026-10-25', '2026-10-25', 'Europe/Berlin')).toHaveLength(25)
  })

  it('are days of the zone, and weeks from Monday', () => {
    expect(points('day', '2026-03-28', '2026-03-30', 'Europe/Berlin')).toEqual([
      ...['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00'],
    ])
    expect(points('week', '2026-02-08', '2026-02-10')).toEqual(['2026-02-02T00:00', '2026-02-09T00:00'])
    expect(points('month', '2026-01-31', '2026-03-01')).toEqual([
      ...['2026-01-01T00:00', '2026-02-01T00:00', '2026-03-01T00:00'],
    ])
  })

  it('are days where a day begins at one o’clock, or half an hour beside UTC', () => {
    const days = points('day', '2018-11-03', '2018-11-05', 'America/Sao_Paulo')
    expect(new Set(days).size).toBe(3)
    expect(points('day', '2026-05-01', '2026-05-03', 'Asia/Kathmandu')).toHaveLength(3)
  })

  it('hold each hour once', () => {
    const starts = pointsOf(period('2026-01-01', '2026-12-31', 'America/New_York'), 'week')
    expect(starts).toEqual(starts.toSorted((a, b) => a.getTime() - b.getTime()))
    for (const [i, start] of starts.entries()) {
      expect(pointIndex(starts, start)).toBe(i)
      expect(pointIndex(starts, new Date(start.getTime() - 1))).toBe(Math.max(0, i - 1))
    }
  })

  it('are compared with the time before, or a year before', () => {
    const asked = period('2026-03-01', '2026-03-31', 'Europe/Berlin')
    const shown = ({ from, to }: { from: Date; to: Date }) => `${from.toISOString()} ${to.toISOString()}`
    expect(shown(comparedPeriod(asked, 'year'))).toBe('2025-02-28T23:00:00.000Z 2025-03-31T22:00:00.000Z')
    expect(comparedPeriod(asked, 'previous').to).toEqual(asked.from)
  })

  it('are never more than 1,500', () => {
    expect(() => points('day', '1926-01-01', '2126-01-01')).toThrow('input')
  })
})
