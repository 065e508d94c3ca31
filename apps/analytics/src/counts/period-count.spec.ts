import { hash } from 'node:crypto'
import { placeOf } from '../sketch/hyperloglog.js'
import { type LoggedView, PERSON } from '../view-log/logged-view.js'
import { type Cell, MAX_TRACKED, MAX_VALUES, PeriodCount } from './period-count.js'
import { Repeats } from './repeats.js'
import { Sessions } from './sessions.js'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 12, minute))
const view = (minute: number, visitor: string | null, more: Partial<LoggedView> = {}): LoggedView => ({
  ...{ at: at(minute), page: '/explore', kind: PERSON, crawlerOf: null, referrer: null, country: 'NL' },
  ...{ browser: 'Firefox', os: 'Linux', device: 'desktop', language: 'en', agent: null },
  ...{ visitor, place: visitor === null ? null : placeOf(hash('sha256', visitor, 'binary')) },
  ...more,
})

function counted(views: Iterable<LoggedView>, tracked = MAX_TRACKED): Cell[] {
  const [count, repeats] = [new PeriodCount(tracked), new Repeats()]
  for (const one of views) count.add(one, repeats.isRepeat(one))
  return count.result()
}
const shown = (cells: readonly Cell[], dimension: string) =>
  cells
    .filter((cell) => cell.dimension === dimension)
    .map(({ value, views, repeats, visitors }) => [value, views, repeats, visitors.estimate()])

describe('counting a period', () => {
  it('B18.4 keeps repeats within 30 minutes in the total, and shows how many they are', () => {
    const cells = counted([view(0, 'ann'), view(10, 'ann'), view(45, 'ann'), view(46, 'bob'), view(47, null)])
    expect(shown(cells, 'site')).toEqual([['', 5, 1, 2]])
    expect(shown(cells, 'country')).toEqual([['NL', 5, 1, 2]])
    expect(shown(cells, 'referrer')).toEqual([['none', 5, 1, 2]])
  })

  it('B18.1 B18.3 shows what is no person apart, with its reason, and in no other count', () => {
    const cells = counted([
      view(0, 'ann'),
      view(0, null, { kind: 'crawler' }),
      view(0, null, { kind: 'ai-crawler', crawlerOf: 'OpenAI' }),
      view(0, null, { kind: 'prefetch' }),
      view(0, null, { kind: 'a-reason-of-tomorrow' }),
    ])
    expect(shown(cells, 'site')).toEqual([['', 1, 0, 1]])
    expect(shown(cells, 'kind').map(([kind, views]) => `${kind} ${views}`)).toEqual([
      ...['person 1', 'crawler 1', 'ai-crawler 1', 'prefetch 1', 'a-reason-of-tomorrow 1'],
    ])
    expect(shown(cells, 'crawler')).toEqual([['OpenAI', 1, 0, 0]])
  })

  it('keeps the 999 most viewed of 100,000 referrers, and counts the rest together', () => {
    function* flood() {
      for (let n = 0; n < 100_000; n++) yield view(0, null, { referrer: `host${n}.example` })
      for (let n = 0; n < 60; n++) yield view(0, `v${n}`, { referrer: 'friend.example' })
    }
    for (const tracked of [MAX_TRACKED, MAX_VALUES]) {
      const referrers = shown(counted(flood(), tracked), 'referrer')
      expect(referrers.length).toBe(MAX_VALUES)
      expect(referrers.reduce((sum, [, views]) => sum + Number(views), 0)).toBe(100_060)
    }
    const known = counted(
      (function* () {
        yield view(0, 'v', { referrer: 'friend.example' })
        yield view(0, 'v', { referrer: 'friend.example' })
        yield* flood()
      })(),
    )
    expect(shown(known, 'referrer')[0]!.slice(0, 2)).toEqual(['friend.example', 62])
  })
})

describe('sessions', () => {
  const begun = (views: readonly LoggedView[]) => {
    const sessions = new Sessions()
    for (const one of views) sessions.add(one)
    return sessions.begunBetween(at(0), at(60))
  }

  it('end after half an hour without a view, and count in the hour in which they began', () => {
    const found = begun([
      view(-5, 'early', { page: '/' }),
      view(5, 'early'),
      view(1, 'ann', { page: '/' }),
      view(30, 'ann'),
      view(59, 'ann', { page: '/photos/1' }),
      view(89, 'ann', { page: '/late' }),
      view(10, 'bob'),
      view(41, 'bob', { page: '/' }),
      view(12, null),
      view(13, null, { kind: 'crawler' }),
    ])
    expect(found).toEqual({
      ...{ sessions: 3, bounces: 2, seconds: 58 * 60 },
      entries: [
        { page: '/', count: 2 },
        { page: '/explore', count: 1 },
      ],
      exits: [
        { page: '/', count: 1 },
        { page: '/explore', count: 1 },
        { page: '/photos/1', count: 1 },
      ],
    })
  })

  it('do not depend on the order in which partitions are read', () => {
    const views = [view(1, 'ann', { page: '/' }), view(20, 'ann'), view(45, 'ann', { page: '/photos/1' })]
    expect(begun(views.toReversed())).toEqual(begun(views))
  })
})
