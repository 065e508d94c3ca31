import { hash } from 'node:crypto'
import fc from 'fast-check'
import { placeOf } from '../sketch/hyperloglog.js'
import { isSame } from '../tallies/replacement.js'
import { addViews, emptyTally, type View } from '../tallies/tally.js'
import { TallyCount } from './tally-count.js'

const views = fc.array(
  fc.record({
    second: fc.nat(100),
    browser: fc.option(fc.nat(20)),
    partition: fc.nat(2),
    own: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
)

const viewOf = (
  { second, browser, partition, own }: { second: number; browser: number | null; partition: number; own: boolean },
  offset: number,
): View => ({
  page: '/explore',
  at: new Date(Date.UTC(2026, 0, 31, 12, 0, second)),
  place: browser === null || own ? null : placeOf(hash('sha256', `browser ${browser}`, 'binary')),
  source: own ? `own-${partition}` : `${partition}`,
  offset,
  ...(own && { own }),
})

describe('a count anew', () => {
  it('makes the tally that the live count had made, whatever came together, in parts or as a whole', () => {
    fc.assert(
      fc.property(views, fc.integer({ min: 1, max: 7 }), fc.nat(60), (made, size, middle) => {
        const all = made.map(viewOf)
        let live = emptyTally
        for (let begin = 0; begin < all.length; begin += size) live = addViews(live, all.slice(begin, begin + size))
        const [whole, first, second] = [new TallyCount(), new TallyCount(), new TallyCount()]
        for (const [i, view] of all.entries()) {
          whole.add(view)
          ;(i < middle ? first : second).add(view)
        }
        const merged = new TallyCount().merge(first.result()).merge(second.result())
        expect([isSame(live, whole.result()), isSame(live, merged.result())]).toEqual([true, true])
      }),
    )
  })
})
