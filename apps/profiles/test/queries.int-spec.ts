import { uuidv7 } from 'uuidv7'
import { profiles as profilesContracts } from '@mpics/contracts'
import { Outbox } from '@mpics/eventing'
import { ProfilesHarness, type Person } from './setup/profiles-harness.js'

const MANY = 2_000

describe('every query among many profiles uses its index', () => {
  let profiles: ProfilesHarness
  let star: Person
  let viewer: Person
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
    star = await profiles.join('star')
    viewer = await profiles.join('viewer')
    await profiles.change(viewer, { location: 'Utrecht' })
    await profiles.follow(viewer, star)
    await profiles.show(star, { fullName: 'followers' })
    await fill()
    // what follows a follow that is heard of asks, too
    await profiles.service.untilIdle()
    await profiles.see(star)
  })
  afterAll(() => profiles.close())

  async function fill() {
    const people = Array.from({ length: MANY }, (_, i) => ({ id: uuidv7(), n: `${i}`.padStart(5, '0') }))
    const createdAt = new Date()
    const profile = {
      ...profilesContracts.emptyProfile,
      visibility: profilesContracts.defaultAudiences,
      createdAt,
      version: 1,
    }
    await profiles.database.collection<{ _id: string }>('profiles').insertMany(
      people.map(({ id, n }) => ({
        _id: id,
        handle: `user${n}`,
        handleKey: `user${n}`,
        terms: [`user${n}`, `name${n}`],
        place: n.endsWith('77') ? 'utrecht' : 'elsewhere',
        ...profile,
      })),
    )
    const follow = (followerId: string, followedId: string, at: number) => ({
      _id: `${followerId}:${followedId}`,
      followerId,
      followedId,
      active: true,
      since: new Date(at),
      version: 1,
    })
    const pairs = people.flatMap(({ id }, i) => [
      follow(id, star.id, i),
      follow(star.id, id, i),
      follow(id, people[0]!.id, i),
    ])
    await profiles.database.collection<{ _id: string }>('follows').insertMany(pairs)
  }

  const calls = {
    'a profile': ['/v1/profiles/star', 'handle'],
    'all photographers': ['/v1/photographers?limit=20', '_id_'],
    'photographers near me': ['/v1/photographers?near=me&limit=20', '_id_ place'],
    'a search': ['/v1/photographers?q=name0012&limit=20', 'search'],
    followers: ['/v1/profiles/star/followers?limit=20', 'handle followers _id_'],
    following: ['/v1/profiles/star/following?limit=20', 'handle following _id_'],
  } as const

  const keysOf: Record<string, string> = {
    handle: 'handleKey: 1',
    followers: 'followedId: 1, active: 1, since: -1, _id: -1',
    following: 'followerId: 1, active: 1, since: -1, _id: -1',
    place: 'place: 1, _id: -1',
    search: 'terms: 1, _id: -1',
    _id_: '_id: 1',
  }
  const indexOf = (plan: string) =>
    plan === 'IDHACK' ? '_id_' : (Object.keys(keysOf).find((name) => plan.includes(`{ ${keysOf[name]} }`)) ?? plan)

  it('what a relay looks for that gets its lease again is of no call', async () => {
    expect(await profiles.queriesOf(() => profiles.service.get(Outbox).pending())).toEqual([])
  })

  it.each(Object.entries(calls))('%s', async (_, [path, indexes]) => {
    let cursor: string | undefined
    const queries = await profiles.queriesOf(async () => {
      cursor = (await profiles.as(viewer).get(path).expect(200)).body.nextCursor
    })
    if (cursor)
      queries.push(...(await profiles.queriesOf(() => profiles.as(viewer).get(`${path}&cursor=${cursor}`).expect(200))))
    for (const { planSummary } of queries) expect(indexes.split(' ')).toContain(indexOf(planSummary))
    expect(new Set(queries.map((q) => indexOf(q.planSummary)))).toEqual(new Set(indexes.split(' ')))
    // A page of 20 costs the same however many there are; counting followers reads keys alone.
    for (const { docsExamined } of queries) expect(docsExamined).toBeLessThan(60)
  })
})
