import { profiles as contracts } from '@mpics/contracts'
import { eventually, rebuilt } from '@mpics/testing'
import { FollowRepository } from '../src/follows/follow.repository.js'
import { TallyRepository } from '../src/follows/tally.repository.js'
import { type Person, ProfilesHarness } from './setup/profiles-harness.js'

describe('how many follow whom', () => {
  let profiles: ProfilesHarness
  let star: Person
  let fans: Person[]
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
    star = await profiles.join('star')
    fans = await Promise.all(Array.from({ length: 6 }, (_, i) => profiles.join(`fan${i}`)))
  })
  afterAll(() => profiles.close())

  const kept = () => profiles.service.get(TallyRepository)
  const follows = () => profiles.service.get(FollowRepository)
  const counts = async (person: Person) => (await profiles.see(person)).counts
  const tallies = () => profiles.database.collection<{ _id: string; tally: object }>('profiles')
  const made = async (work: () => PromiseLike<unknown>) =>
    (await profiles.queriesOf(work)).map(({ ns }) => ns.split('.')[1])

  it('is read with the profile and with its relation to the viewer, in one command', async () => {
    await profiles.follow(fans[0]!, star)
    await profiles.service.untilIdle()
    await counts(star)
    const views = [undefined, fans[0], fans[1], star]
    for (const viewer of views) expect(await made(() => profiles.see(star, viewer))).toEqual(['profiles'])
    expect((await profiles.see(star, fans[0])).relationship).toEqual({ following: true, followedBy: false })
  })

  it('is counted once after a change, in a profile of an earlier version too', async () => {
    await tallies().updateOne({ _id: star.id }, { $unset: { tally: '' } })
    expect((await counts(star)).followers).toBe(1)
    expect(await made(() => counts(star))).toEqual(['profiles'])
    await profiles.follow(fans[1]!, star)
    expect((await counts(star)).followers).toBe(2)
    await profiles.service.untilIdle()
    await counts(star)
    expect(await made(() => counts(star))).toEqual(['profiles'])
    await profiles.change(star, { bio: 'says nothing of it' })
    expect(await made(() => counts(star))).toEqual(['profiles'])
  })

  it('is right when the process dies between the follow and its count', async () => {
    await counts(star)
    await follows().start(fans[2]!.id, star.id, new Date())
    await eventually(async () => (await counts(star)).followers === 3)
    await follows().end(fans[2]!.id, star.id)
    await eventually(async () => (await counts(star)).followers === 2)
  })

  it('is not kept by whoever counted before a change', async () => {
    await profiles.service.untilIdle()
    const { epoch } = (await kept().of([star.id])).get(star.id)!
    const before = await follows().counts(star.id)
    await profiles.follow(fans[3]!, star)
    await kept().keep(star.id, epoch, before)
    expect((await counts(star)).followers).toBe(before.followers + 1)
  })

  it('stays equal to the count while people follow, leave and look at once', async () => {
    const path = `/v1/profiles/star/follow`
    const busy = fans.map(async (fan, i) => {
      for (let round = 0; round < 6; round++) {
        const call = profiles.as(fan)
        await ((round + i) % 2 ? call.put(path) : call.delete(path)).expect(204)
        await counts(star)
      }
    })
    await Promise.all([...busy, ...Array.from({ length: 30 }, () => counts(star))])
    const exact = async () => ({ ...(await follows().counts(star.id)) })
    expect(await counts(star)).toEqual(await exact())
    await profiles.service.untilIdle()
    expect(await counts(star)).toEqual(await exact())
  })

  it('is mended by a rebuild', async () => {
    const right = await counts(star)
    await tallies().updateOne({ _id: star.id }, { $set: { 'tally.followers': 99 } })
    expect((await counts(star)).followers).toBe(99)
    expect(await rebuilt(profiles.service, 'tallies')).toMatchObject({ state: 'done', mended: 1, removed: 0 })
    expect(await counts(star)).toEqual(right)
    expect(await rebuilt(profiles.service, 'tallies')).toMatchObject({ mended: 0 })
  })

  it('asks for the id alone where no more is needed', async () => {
    const resolve = () => profiles.service.from('gateway').get(contracts.resolveHandle.path.replace('{handle}', 'star'))
    expect(await made(() => resolve().expect(200))).toEqual(['profiles'])
    expect(await made(() => profiles.as().get('/v1/profiles/star/followers').expect(200))).toEqual([
      'profiles',
      'follows',
      'profiles',
    ])
  })
})
