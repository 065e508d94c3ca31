import { periodOf } from './asked-period.js'
import { plannedPoints } from './planned-points.js'
import { type Interval, pointsOf } from './series-points.js'

const now = new Date('2026-11-29T10:20:30Z')
const reach = { keptFrom: new Date('2025-10-30T00:00:00Z'), closedUntil: new Date('2026-11-29T08:00:00Z') }
const sources = (interval: Interval, from: string, to: string, zone = 'UTC') => {
  const period = periodOf({ from, to, zone }, now)
  return plannedPoints(period, pointsOf(period, interval), reach).map(({ source }) => source)
}

describe('how points of a series are found', () => {
  it('in one cell where they are a day (UTC) or an hour', () => {
    expect(sources('day', '2026-11-27', '2026-11-29')).toEqual(['day', 'day', 'cells'])
    expect(sources('day', '2015-01-01', '2015-01-02')).toEqual(['day', 'day'])
    expect(new Set(sources('hour', '2026-11-28', '2026-11-29'))).toEqual(new Set(['hour']))
  })

  it('among spans where they are closed', () => {
    expect(sources('week', '2026-11-20', '2026-11-29')).toEqual(['span', 'cells'])
    expect(sources('month', '2014-12-15', '2015-01-02')).toEqual(['span', 'span'])
    expect(sources('day', '2026-11-27', '2026-11-28', 'Asia/Kathmandu')).toEqual(['span', 'span'])
  })

  it('in cells each time where the hours of a cut day are gone', () => {
    expect(sources('day', '2025-10-29', '2025-11-01', 'Europe/Berlin')).toEqual(['cells', 'cells', 'span', 'span'])
  })

  it('each hour in one of them', () => {
    const period = periodOf({ from: '2026-01-01', to: '2026-11-29', zone: 'America/St_Johns' }, now)
    const points = plannedPoints(period, pointsOf(period, 'week'), reach)
    expect(points.map(({ from }) => from)).toEqual([period.from, ...points.slice(0, -1).map(({ to }) => to)])
    expect(points.at(-1)!.to).toEqual(period.to)
  })
})
