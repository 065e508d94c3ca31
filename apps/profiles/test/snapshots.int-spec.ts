import { type ApiAnswer, identity, profiles as profilesContracts } from '@mpics/contracts'
import { rebuilt } from '@mpics/testing'
import { ProfilesHarness, type Person } from './setup/profiles-harness.js'

type Snapshot = ApiAnswer<typeof profilesContracts.followSnapshot>

describe('what profiles lists for other services’ projections, and what it rebuilds itself', () => {
  let profiles: ProfilesHarness
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
  })
  afterAll(() => profiles.close())

  it('all pairs by pages, those that ended too, with the sequence of the last event; for media alone', async () => {
    const [ana, ben, cleo] = [await profiles.join('ana'), await profiles.join('ben'), await profiles.join('cleo')]
    await profiles.follow(ana, ben)
    await profiles.follow(ben, ana)
    await profiles.follow(cleo, ana)
    await profiles.as(cleo).delete('/v1/profiles/ana/follow').expect(204)
    const found: Snapshot['items'] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ limit: '1', ...(cursor && { cursor }) })
      const { body } = await profiles.service.from('media').get(`/internal/follows?${query.toString()}`).expect(200)
      const page = body as Snapshot
      found.push(...page.items)
      cursor = page.nextCursor
    }
    const pair = (follower: Person, followed: Person, active: boolean, sequence: number) => ({
      followerId: follower.id,
      followedId: followed.id,
      active,
      sequence,
    })
    expect(found).toHaveLength(3)
    expect(found).toEqual(
      expect.arrayContaining([pair(ana, ben, true, 1), pair(ben, ana, true, 1), pair(cleo, ana, false, 2)]),
    )
    await profiles.service.from('notifications').get('/internal/follows').expect(403)
    await profiles.as(ana).get('/internal/follows').expect(403)
  })

  it('profiles that are missing, from the accounts of identity; those that are there stay as they are', async () => {
    const dora = await profiles.join('dora', 'Dora D')
    await profiles.change(dora, { fullName: 'Theodora D', bio: 'since 1990' })
    const emil = await profiles.join('emil', 'Emil E')
    await profiles.service.untilIdle()
    await profiles.database.collection<{ _id: string }>('profiles').deleteOne({ _id: emil.id })
    const never = profiles.register('never', 'Never Heard')
    const gone = profiles.register('gone')
    const accounts = [...profiles.registrations.keys()].map((accountId) => ({ accountId }))
    profiles.registrations.delete(gone.id)
    profiles.identity.answer(identity.registrationSnapshot, ({ query: { cursor = '0' } }) => {
      const next = Number(cursor) + 2
      return { items: accounts.slice(Number(cursor), next), nextCursor: next < accounts.length ? `${next}` : null }
    })

    const outcome = await rebuilt(profiles.service, 'profiles')
    expect(outcome).toMatchObject({ state: 'done', read: accounts.length, added: 2, removed: 0 })
    expect(await profiles.see(never)).toMatchObject({ fullName: 'Never Heard' })
    // identity has forgotten the name, as it should; what a person wrote comes back from nowhere but a backup
    const { body } = await profiles.as(emil).get('/v1/me/profile').expect(200)
    expect(body).toMatchObject({ handle: 'emil', fullName: null })
    expect(await profiles.see(dora)).toMatchObject({ fullName: 'Theodora D', bio: 'since 1990' })
    await profiles.service.untilIdle()
    expect(
      (await profiles.service.events(profilesContracts.profileCreated)).map(({ data }) => data.profileId),
    ).toContain(never.id)
  })
})
