import { profiles as profilesContracts } from '@mpics/contracts'
import { ProfilesHarness, type Person } from './setup/profiles-harness.js'

describe('a profile that was stored before a field was added', () => {
  let profiles: ProfilesHarness
  let old: Person
  let follower: Person
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
    old = profiles.register('old')
    const { urls: _urls, bio: _bio, ...values } = profilesContracts.emptyProfile
    const { urls: _audience, bio: _bioAudience, ...visibility } = profilesContracts.defaultAudiences
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
    follower = await profiles.join('follower')
    await profiles.follow(follower, old)
  })
  afterAll(() => profiles.close())

  const documents = () => profiles.database.collection<{ _id: string } & Record<string, unknown>>('profiles')
  const mine = async (what: string) => (await profiles.as(old).get(`/v1/me/${what}`).expect(200)).body

  it('has it empty, for nobody but its owner, and shows no audience that it does not know', async () => {
    expect(await mine('profile')).toMatchObject({ fullName: 'Old Name', bio: null, urls: [] })
    expect(await mine('visibility')).toEqual({
      ...profilesContracts.defaultAudiences,
      fullName: 'me',
      bio: 'me',
      urls: 'me',
    })
    expect(await profiles.see(old, old)).toMatchObject({ fullName: 'Old Name' })
    expect(await profiles.see(old, follower)).not.toHaveProperty('fullName')
    const { body } = await profiles.as(follower).get('/v1/photographers?q=old').expect(200)
    expect(body.items).toEqual([{ id: old.id, handle: 'old', fullName: null }])
  })

  it('keeps what is entered to its owner until they say otherwise', async () => {
    await profiles.change(old, { bio: 'new here' })
    expect(await profiles.see(old, old)).toMatchObject({ bio: 'new here' })
    expect(await profiles.see(old, follower)).not.toHaveProperty('bio')
    await profiles.show(old, { bio: 'public' })
    expect(await profiles.see(old)).toMatchObject({ bio: 'new here' })
  })

  it('is shown without any audiences, and keeps what a later version stored beside it', async () => {
    await documents().updateOne({ _id: old.id }, { $unset: { visibility: '' }, $set: { aura: 'blue' } })
    expect(Object.keys(await profiles.see(old))).not.toContain('bio')
    const { body } = await profiles.as().get('/v1/photographers?q=old').expect(200)
    expect(body.items).toEqual([{ id: old.id, handle: 'old', fullName: null }])
    await profiles.change(old, { location: 'Here' })
    expect(await documents().findOne({ _id: old.id })).toMatchObject({ aura: 'blue', location: 'Here' })
  })
})
