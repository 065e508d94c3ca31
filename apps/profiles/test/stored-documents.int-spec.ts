import { defaultAudiences, emptyProfile } from '@mpics/contracts'
import { Community, type Person } from './setup/community.js'

describe('a profile that was stored before a field was added', () => {
  let community: Community
  let old: Person
  let follower: Person
  beforeAll(async () => {
    community = await Community.open()
    old = community.register('old')
    const { urls: _urls, bio: _bio, ...values } = emptyProfile
    const { urls: _audience, bio: _bioAudience, ...visibility } = defaultAudiences
    await documents().insertOne({
      _id: old.id,
      handle: 'old',
      handleKey: 'old',
      terms: ['old'],
      place: null,
      ...values,
      fullName: 'Old Name',
      visibility: { ...visibility, fullName: 'circles' },
      createdAt: new Date(),
      version: 1,
    })
    follower = await community.join('follower')
    await community.follow(follower, old)
  })
  afterAll(() => community.close())

  const documents = () => community.database.collection<{ _id: string } & Record<string, unknown>>('profiles')
  const mine = async (what: string) => (await community.as(old).get(`/v1/me/${what}`).expect(200)).body

  it('has it empty, for nobody but its owner, and shows no audience that it does not know', async () => {
    expect(await mine('profile')).toMatchObject({ fullName: 'Old Name', bio: null, urls: [] })
    expect(await mine('visibility')).toEqual({ ...defaultAudiences, fullName: 'me', bio: 'me', urls: 'me' })
    expect(await community.see(old, old)).toMatchObject({ fullName: 'Old Name' })
    expect(await community.see(old, follower)).not.toHaveProperty('fullName')
    const { body } = await community.as(follower).get('/v1/photographers?q=old').expect(200)
    expect(body.items).toEqual([{ id: old.id, handle: 'old', fullName: null }])
  })

  it('keeps what is entered to its owner until they say otherwise', async () => {
    await community.change(old, { bio: 'new here' })
    expect(await community.see(old, old)).toMatchObject({ bio: 'new here' })
    expect(await community.see(old, follower)).not.toHaveProperty('bio')
    await community.show(old, { bio: 'public' })
    expect(await community.see(old)).toMatchObject({ bio: 'new here' })
  })

  it('is shown without any audiences, and keeps what a later version stored beside it', async () => {
    await documents().updateOne({ _id: old.id }, { $unset: { visibility: '' }, $set: { aura: 'blue' } })
    expect(Object.keys(await community.see(old))).not.toContain('bio')
    const { body } = await community.as().get('/v1/photographers?q=old').expect(200)
    expect(body.items).toEqual([{ id: old.id, handle: 'old', fullName: null }])
    await community.change(old, { location: 'Here' })
    expect(await documents().findOne({ _id: old.id })).toMatchObject({ aura: 'blue', location: 'Here' })
  })
})
