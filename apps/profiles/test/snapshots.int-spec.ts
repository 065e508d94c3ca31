import { type ApiAnswer, followSnapshot, profileCreated, registrationSnapshot } from '@mpics/contracts'
import { rebuilt } from '@mpics/testing'
import { Community, type Person } from './setup/community.js'

type Snapshot = ApiAnswer<typeof followSnapshot>

describe('what profiles lists for those that keep copies, and what it makes anew itself', () => {
  let community: Community
  beforeAll(async () => {
    community = await Community.open()
  })
  afterAll(() => community.close())

  it('all pairs by pages, those that ended too, with the sequence of the last event; for media alone', async () => {
    const [ana, ben, cleo] = [await community.join('ana'), await community.join('ben'), await community.join('cleo')]
    await community.follow(ana, ben)
    await community.follow(ben, ana)
    await community.follow(cleo, ana)
    await community.as(cleo).delete('/v1/profiles/ana/follow').expect(204)
    const found: Snapshot['items'] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ limit: '1', ...(cursor && { cursor }) })
      const { body } = await community.service.from('media').get(`/internal/follows?${query.toString()}`).expect(200)
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
    await community.service.from('notifications').get('/internal/follows').expect(403)
    await community.as(ana).get('/internal/follows').expect(403)
  })

  it('profiles that are missing, from the accounts of identity; those that are there stay as they are', async () => {
    const dora = await community.join('dora', 'Dora D')
    await community.change(dora, { fullName: 'Theodora D', bio: 'since 1990' })
    const emil = await community.join('emil', 'Emil E')
    await community.service.settled()
    await community.database.collection<{ _id: string }>('profiles').deleteOne({ _id: emil.id })
    const never = community.register('never', 'Never Heard')
    const gone = community.register('gone')
    const accounts = [...community.registrations.keys()].map((accountId) => ({ accountId }))
    community.registrations.delete(gone.id)
    community.identity.answer(registrationSnapshot, ({ query: { cursor = '0' } }) => {
      const next = Number(cursor) + 2
      return { items: accounts.slice(Number(cursor), next), nextCursor: next < accounts.length ? `${next}` : null }
    })

    const outcome = await rebuilt(community.service, 'profiles')
    expect(outcome).toMatchObject({ state: 'done', read: accounts.length, added: 2, removed: 0 })
    expect(await community.see(never)).toMatchObject({ fullName: 'Never Heard' })
    // identity has forgotten the name, as it should; what a person wrote comes back from nowhere but a backup
    const { body } = await community.as(emil).get('/v1/me/profile').expect(200)
    expect(body).toMatchObject({ handle: 'emil', fullName: null })
    expect(await community.see(dora)).toMatchObject({ fullName: 'Theodora D', bio: 'since 1990' })
    await community.service.settled()
    expect((await community.service.events(profileCreated)).map(({ data }) => data.profileId)).toContain(never.id)
  })
})
