import { EVERY_PAGE } from './bucket.js'
import { PageCounts } from './page-counts.js'
import type { View } from '../tallies/tally.js'

const view = (page: number, offset: number): View => ({
  page: `/photos/${page}`,
  at: new Date('2026-01-31T12:00:00Z'),
  place: null,
  source: '0',
  offset,
})
const views = Array.from({ length: 3_000 }, (_, i) => view(i % 1_000, i))

function counted(bucket = EVERY_PAGE): { pages: [string, number][]; left: PageCounts['left'] } {
  const counts = new PageCounts(bucket, 100)
  for (const one of views) counts.add(one)
  const pages = [...counts.names()].map((page): [string, number] => {
    const [day] = counts.daysOf(page).values()
    return [page, day!.result().total]
  })
  return { pages, left: counts.left }
}

describe('counting pages by shares', () => {
  it('holds at most so many at once, and counts each page whole in one of the shares', () => {
    const [found, left] = [new Map<string, number>(), [EVERY_PAGE]]
    while (left.length > 0) {
      const share = counted(left.pop())
      expect(share.pages.length).toBeLessThanOrEqual(100)
      for (const [page, total] of share.pages) {
        expect([page, found.has(page)]).toEqual([page, false])
        found.set(page, total)
      }
      left.push(...share.left)
    }
    expect(found.size).toBe(1_000)
    expect(new Set(found.values())).toEqual(new Set([3]))
  })

  it('takes no share back once it answers for it', () => {
    const counts = new PageCounts(EVERY_PAGE, 100)
    counts.settle()
    for (const one of views) counts.add(one)
    expect([[...counts.names()].length, counts.left]).toEqual([1_000, []])
  })
})
