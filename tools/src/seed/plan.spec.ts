import { DAYS, PEOPLE, PHOTOS, planOf } from './plan.js'
import { pictureOf } from './pictures.js'

describe('the seed', () => {
  const plan = planOf(1)

  it('is the same each time', () => expect(planOf(1)).toEqual(plan))

  it('has people, photos under titles of their own, and views of the last days', () => {
    expect(new Set(plan.people.map(({ handle }) => handle)).size).toBe(PEOPLE)
    expect(new Set(plan.photos.map(({ title }) => title)).size).toBe(PHOTOS)
    expect(plan.views.every(({ daysAgo }) => daysAgo >= 0 && daysAgo < DAYS)).toBe(true)
    expect(new Set(plan.views.map(({ daysAgo }) => Math.floor(daysAgo))).size).toBe(DAYS)
  })

  it('has views from many countries, of which each visitor has one', () => {
    const countriesOf = Map.groupBy(plan.views, ({ visitor }) => visitor)
    expect([...countriesOf.values()].every((own) => new Set(own.map(({ country }) => country)).size === 1)).toBe(true)
    const facts = (['country', 'referrerHost', 'browser', 'device'] as const).map(
      (name) => new Set(plan.views.map((view) => view[name])).size,
    )
    expect(facts).toEqual([10, 4, 3, 3])
  })

  it('has a few whom nearly everybody follows, and many whom few do', () => {
    const followers = plan.people.map((_, i) => plan.follows.filter(([, followed]) => followed === i).length)
    const [most] = followers.toSorted((a, b) => b - a)
    expect(most).toBeGreaterThan(PEOPLE / 2)
    expect(followers.filter((count) => count <= 4).length).toBeGreaterThan(PEOPLE / 2)
  })

  it('makes another picture for each photo', async () => {
    const [first] = plan.photos
    const pictures = await Promise.all([0, 1].map((variant) => pictureOf({ ...first!, variant })))
    expect(Buffer.from(pictures[0]!).equals(pictures[1]!)).toBe(false)
  })
})
