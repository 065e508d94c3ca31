import { hash } from 'node:crypto'
import fc from 'fast-check'
import { countViews, unseenPage, type PageViews } from './page-views.js'
import { placeOf } from '../sketch/hyperloglog.js'
import type { View } from '../tallies/tally.js'

const PAGE = '/photos/01931f3e-0000-7000-8000-000000000101'
const at = (second: number) => new Date(Date.UTC(2026, 0, 31, 12, 0, second))
const browser = (name: string) => placeOf(hash('sha256', name, 'binary'))

const view = (offset: number, name: string | null, partition = 0, second = offset): View => ({
  page: PAGE,
  at: at(second),
  place: name === null ? null : browser(name),
  source: `${partition}`,
  offset,
})
const count = (page: PageViews, views: View[]) => countViews(page, views).state

describe('countViews', () => {
  it('B30.1 counts 3 browsers × 5 views as 15 views by 3 people, and says so once', () => {
    const views = Array.from({ length: 15 }, (_, i) => view(i, `browser${i % 3}`))
    const { state, events } = countViews(unseenPage(PAGE), views)
    expect(state).toMatchObject({ total: 15, unique: 3 })
    expect(events.map((e) => e.data)).toEqual([{ page: PAGE, total: 15, unique: 3, asOf: '2026-01-31T12:00:14.000Z' }])
  })

  it('leaves the sketch as it is for browsers that are in it', () => {
    const first = count(unseenPage(PAGE), [view(0, 'a'), view(1, 'b')])
    const again = count(first, [view(2, 'a'), view(3, 'b'), view(4, null)])
    expect(again).toMatchObject({ total: 5, unique: 2 })
    expect(again.registers).toBe(first.registers)
    expect(count(again, [view(5, 'c')])).toMatchObject({ total: 6, unique: 3 })
  })

  it('counts a view without a browser id in the total only', () => {
    expect(count(unseenPage(PAGE), [view(0, null), view(1, 'a')])).toMatchObject({ total: 2, unique: 1 })
  })

  it('B31 counts the owner’s views at once, and tells of them with a view of another day', () => {
    const own = (offset: number, day: string): View => ({
      ...view(offset, null),
      at: new Date(day),
      own: true,
      source: 'own-0',
    })
    const first = countViews(unseenPage(PAGE), [own(0, '2026-01-31'), own(1, '2026-01-31')])
    expect([first.state.total, first.events]).toEqual([2, []])
    expect(countViews(first.state, [own(0, '2026-01-31')])).toMatchObject({ changed: false })
    const sameDay = countViews(first.state, [view(0, 'a')])
    expect([sameDay.state.total, sameDay.events[0]!.data]).toEqual([
      3,
      expect.objectContaining({ total: 1, unique: 1 }),
    ])
    const nextDay = countViews(count(sameDay.state, [own(2, '2026-02-01')]), [view(1, 'b', 0, 86_400)])
    expect([nextDay.state.total, nextDay.events[0]!.data]).toEqual([
      5,
      expect.objectContaining({ total: 4, unique: 2 }),
    ])
  })

  it('says nothing when everything was counted before', () => {
    const once = count(unseenPage(PAGE), [view(0, 'a'), view(1, 'b')])
    const again = countViews(once, [view(0, 'a'), view(1, 'b')])
    expect(again).toEqual({ state: once, events: [], changed: false })
  })

  it('goes on counting when the topic was made anew and its offsets begin at 0', () => {
    const before = count(unseenPage(PAGE), [view(500, 'a', 0, 5)])
    expect(count(before, [view(0, 'b', 0, 6), view(1, 'c', 0, 6)])).toMatchObject({ total: 3, unique: 3 })
  })

  const deliveries = fc
    .array(fc.record({ name: fc.option(fc.constantFrom('a', 'b', 'c', 'd')), second: fc.nat(20) }), { minLength: 1 })
    .chain((made) =>
      fc
        .array(fc.tuple(fc.nat(made.length), fc.nat(made.length)), { maxLength: 12 })
        .map((cuts) => ({ log: made.map((m, i) => view(i, m.name, 0, m.second)), cuts })),
    )

  it('B12 counts each view once however often and from wherever the log is read again', () => {
    fc.assert(
      fc.property(deliveries, ({ log, cuts }) => {
        let page = unseenPage(PAGE)
        let reached = 0
        for (const [from, to] of cuts) {
          const end = Math.max(reached, to)
          page = count(page, log.slice(Math.min(from, reached), end))
          reached = end
        }
        page = count(page, log.slice(Math.min(reached, 0)))
        const names = new Set(log.flatMap((v) => (v.place ? [v.place.toString()] : [])))
        expect(page).toMatchObject({ total: log.length, unique: names.size })
      }),
    )
  })

  it('keeps the places of several partitions apart', () => {
    const page = count(unseenPage(PAGE), [view(9, 'a', 0), view(3, 'b', 1)])
    expect(count(page, [view(4, 'c', 1, 4)])).toMatchObject({ total: 3, offsets: { 0: 9, 1: 4 } })
  })
})
