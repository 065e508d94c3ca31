import { Visitors } from '../counts/visitors.js'
import type { Cell } from '../counts/period-count.js'
import { type HourFacts, tellHour, untoldFacts } from './hour-facts.js'

const HOUR = new Date('2026-01-28T10:00:00Z')
const cells = (views: Record<string, number>): Cell[] =>
  Object.entries(views).map(([value, count]) => ({
    ...{ dimension: 'country', value, views: count, repeats: 0, visitors: new Visitors() },
  }))
const tell = (facts: HourFacts, views: Record<string, number>) =>
  tellHour(facts, HOUR, 'country', cells(views), (key) => ({ type: 'gone', subject: key, data: null }))

describe('what is told of a closed hour', () => {
  it('has parts of five and more, and changes by nothing or by five and more', () => {
    const first = tell(untoldFacts(HOUR, 'country'), { NL: 9, DE: 6, IS: 2 })
    expect(first.events.map(({ data }) => data)).toMatchObject([
      { value: 'NL', views: 9, visitors: null },
      { value: 'other', views: 8 },
    ])
    expect(tell(first.state, { NL: 10, DE: 6, IS: 2 }).changed).toBe(false)
    expect(tell(first.state, { NL: 9, DE: 6, IS: 2 }).changed).toBe(false)
    const later = tell(first.state, { NL: 18, DE: 6, IS: 2 })
    expect(later.events.map(({ data }) => data)).toMatchObject([{ value: 'NL', views: 18 }])
    const none = tell(later.state, {})
    expect(none.events.map(({ data }) => data)).toEqual([null, null])
  })
})
