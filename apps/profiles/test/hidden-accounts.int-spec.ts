import { isDeepStrictEqual } from 'node:util'
import { identity } from '@mpics/contracts'
import { Outbox } from '@mpics/eventing'
import { eventually, rebuilt } from '@mpics/testing'
import { FollowRepository } from '../src/follows/follow.repository.js'
import { HiddenFollowsRepository } from '../src/follows/hidden-follows.repository.js'
import { HideAccount } from '../src/follows/hide-account.js'
import { ProfileRepository } from '../src/profiles/profile.repository.js'
import { type Person, ProfilesHarness } from './setup/profiles-harness.js'

const AT = '2026-01-31T12:00:00.000Z'

describe('B52 an account that is locked or being closed', () => {
  let profiles: ProfilesHarness
  let ana: Person
  let ben: Person
  beforeAll(async () => (profiles = await ProfilesHarness.open()))
  afterAll(() => profiles.close())
  let round = 0
  beforeEach(async () => {
    round += 1
    ana = await profiles.join(`ana${round}`, `Ana Canary${round}`)
    ben = await profiles.join(`ben${round}`, 'Ben')
    await profiles.change(ana, { location: `Town ${round}` })
    await profiles.change(ben, { location: `Town ${round}` })
    await profiles.follow(ana, ben)
    await profiles.follow(ben, ana)
  })

  const closing = ({ id }: Person, sequence: number) =>
    profiles.service.publish(identity.closureRequested.of({ accountId: id, erasesAt: AT, hidden: true }), { sequence })
  const restored = ({ id }: Person, sequence: number) =>
    profiles.service.publish(identity.closureCancelled.of({ accountId: id, erasesAt: AT, hidden: false }), { sequence })
  const locked = ({ id }: Person, sequence: number) =>
    profiles.service.publish(identity.accountLocked.of({ accountId: id, reason: 'abuse', lockId: id, hidden: true }), {
      sequence,
    })
  const idle = () => profiles.service.untilIdle()

  const get = (path: string, viewer?: Person) => profiles.as(viewer).get(path)
  /** All that others can see of ana. */
  async function seen(viewer?: Person) {
    const listed = async (path: string) =>
      ((await get(path, viewer).expect(200)).body.items as { id: string }[]).some(({ id }) => id === ana.id)
    const cards = await profiles.service
      .from('media')
      .post('/internal/profile-cards')
      .send({ ids: [ana.id], readerId: null })
    const statuses = await Promise.all(
      [
        `/v1/profiles/${ana.handle}`,
        `/v1/profiles/${ana.handle}/followers`,
        `/v1/profiles/${ana.handle}/following`,
      ].map(async (path) => (await get(path, viewer)).status),
    )
    return {
      statuses,
      resolved: (await profiles.service.from('media').get(`/internal/handles/${ana.handle}`)).status,
      card: cards.body.items.length as number,
      newest: await listed('/v1/photographers'),
      searched: await listed(`/v1/photographers?q=canary${round}`),
      near: viewer ? await listed('/v1/photographers?near=me') : undefined,
      followers: await listed(`/v1/profiles/${ben.handle}/followers`),
      following: await listed(`/v1/profiles/${ben.handle}/following`),
      counts: (await profiles.see(ben, viewer)).counts,
    }
  }

  it.each([
    ['being closed', closing],
    ['locked', locked],
  ])('%s is seen by nobody, and all is as it was afterwards', async (_, hide) => {
    const before = [await seen(), await seen(ben)]
    expect(before[1]).toMatchObject({
      card: 1,
      newest: true,
      searched: true,
      near: true,
      followers: true,
      following: true,
    })
    await hide(ana, 5)
    await idle()
    for (const [viewer, { resolved }] of [
      [undefined, before[0]!],
      [ben, before[1]!],
    ] as const)
      expect(await seen(viewer)).toEqual({
        statuses: [404, 404, 404],
        resolved: resolved === 200 ? 404 : resolved,
        card: 0,
        newest: false,
        searched: false,
        near: viewer && false,
        followers: false,
        following: false,
        counts: { followers: 0, following: 0 },
      })
    await restored(ana, 6)
    await idle()
    expect([await seen(), await seen(ben)]).toEqual(before)
  })

  it('stays so when its events come twice, late or out of order', async () => {
    for (const send of [() => closing(ana, 7), () => restored(ana, 6), () => closing(ana, 5), () => closing(ana, 7)])
      await send()
    await idle()
    expect((await seen()).statuses).toEqual([404, 404, 404])
    await restored(ana, 8)
    await closing(ana, 7)
    await idle()
    expect((await seen()).statuses).toEqual([200, 200, 200])
  })

  it('is left out of counts though a follow began while it was hidden, and is counted once it is back', async () => {
    const eva = await profiles.join(`eva${round}`)
    const follows = Array.from({ length: 10 }, () => profiles.follow(ana, eva))
    await Promise.all([...follows, closing(ana, 5)])
    await idle()
    expect((await profiles.see(eva)).counts).toEqual({ followers: 0, following: 0 })
    await restored(ana, 6)
    await idle()
    expect((await profiles.see(eva)).counts).toEqual({ followers: 1, following: 0 })
  })

  it('is left out though its follow is told of among others of the same moment, one of which fails', async () => {
    const [eva, dan] = [await profiles.join(`eva${round}`), await profiles.join(`dan${round}`)]
    await closing(ana, 5)
    await idle()
    for (const person of [ben, eva, dan]) await profiles.see(person)
    const people = [[ana, eva] as const, [ben, eva] as const, [ana, dan] as const, [dan, ben] as const]
    const marks = profiles.service.get(HiddenFollowsRepository)
    const mark = marks.markOne.bind(marks)
    const failing = jest
      .spyOn(marks, 'markOne')
      .mockImplementation((from, to, standings) =>
        to === dan.id ? Promise.reject(new Error('dies here')) : mark(from, to, standings),
      )
    const follows = profiles.service.get(FollowRepository)
    await Promise.all(people.map(([follower, followed]) => follows.start(follower.id, followed.id, new Date())))
    const countsOf = async (person: Person) => Object.values((await profiles.see(person)).counts)
    const seen = async () => Promise.all([ben, eva, dan].map(countsOf))
    await eventually(async () =>
      isDeepStrictEqual(await seen(), [
        [1, 1],
        [1, 0],
        [1, 1],
      ]),
    )
    expect(await profiles.service.get(Outbox).pending()).toBeGreaterThan(0)
    failing.mockRestore()
    await idle()
    expect(await countsOf(dan)).toEqual([0, 1])
  })

  it('is hidden though its profile is made after it', async () => {
    const late = profiles.register(`late${round}`)
    await closing(late, 3)
    await idle()
    await profiles.as(late).get('/v1/me/profile').expect(200)
    await profiles.as(ben).get(`/v1/profiles/${late.handle}`).expect(404)
  })

  it('is hidden after a rebuild, which also mends what claims to be later', async () => {
    const standings = [
      { accountId: ana.id, hidden: true, sequence: 9 },
      { accountId: ben.id, hidden: false, sequence: 9 },
    ]
    profiles.identity.answer(identity.standingSnapshot, () => ({ items: standings, nextCursor: null }))
    await closing(ben, 12)
    await idle()
    const { state } = await rebuilt(profiles.service, 'standings')
    expect(state).toBe('done')
    await get(`/v1/profiles/${ana.handle}`, ben).expect(404)
    expect((await profiles.see(ben)).counts).toEqual({ followers: 0, following: 0 })
    expect(await profiles.database.collection('standings').countDocuments({ _id: ana.id as never })).toBe(1)
  })

  it('is seen again after a rebuild though nothing but its marks says that it was hidden', async () => {
    await Promise.all([closing(ana, 5), closing(ben, 5)])
    await idle()
    const { database } = profiles
    await database.collection('standings').deleteMany({})
    await database.collection('profiles').updateOne({ _id: ben.id as never }, { $unset: { standing: 1 } })
    const items = [ana, ben].map(({ id }) => ({ accountId: id, hidden: false, sequence: 6 }))
    profiles.identity.answer(identity.standingSnapshot, () => ({ items, nextCursor: null }))
    expect((await rebuilt(profiles.service, 'standings')).state).toBe('done')
    expect((await seen()).statuses).toEqual([200, 200, 200])
    for (const person of [ana, ben]) expect((await profiles.see(person)).counts).toEqual({ followers: 1, following: 1 })
  })

  it('is hidden though the process died before its late profile was marked', async () => {
    const late = profiles.register(`dies${round}`)
    await closing(late, 3)
    await idle()
    const repository = profiles.service.get(ProfileRepository)
    const dies = jest.spyOn(repository, 'mark').mockRejectedValueOnce(new Error('dies here'))
    await profiles.as(late).get('/v1/me/profile').expect(500)
    dies.mockRestore()
    await profiles.service.publish(
      identity.accountRegistered.of({ accountId: late.id, locale: 'en', registeredAt: AT }),
    )
    await idle()
    await profiles.as(ben).get(`/v1/profiles/${late.handle}`).expect(404)
  })

  it('marks the follows of one that has many, some at a time', async () => {
    const follows = Array.from({ length: 1_200 }, (_, i) => ({
      _id: `fan-${round}-${i}:${ana.id}` as never,
      followerId: `fan-${round}-${i}`,
      followedId: ana.id,
      active: true,
      since: new Date(),
      version: 1,
    }))
    await profiles.database.collection('follows').insertMany(follows)
    await profiles.service.get(HideAccount).execute(ana.id, 5, true)
    const marked = { followedId: ana.id, 'standing.followed.hidden': true }
    expect(await profiles.database.collection('follows').countDocuments(marked)).toBe(1_201)
  })
})
