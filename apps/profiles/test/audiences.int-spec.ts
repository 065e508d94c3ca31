import { audiences, profiles as profilesContracts } from '@mpics/contracts'
import { ProfilesHarness, type Person } from './setup/profiles-harness.js'
import { filledWith } from './setup/filled-profile.js'

const MARK = 'canary7f3a'
const filled = { ...filledWith(MARK), fullName: `Zoe ${MARK}` }

describe('who sees what', () => {
  let profiles: ProfilesHarness
  let zoe: Person
  let member: Person
  let follower: Person
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
    zoe = await profiles.join('zoe')
    member = await profiles.join('member')
    follower = await profiles.join('follower')
    await profiles.follow(follower, zoe)
    await profiles.change(zoe, filled)
  })
  afterAll(() => profiles.close())

  it.each(profilesContracts.profileFieldNames)('the sample of %s can be told from any other text', (field) => {
    expect(JSON.stringify(filled[field])).toContain(MARK)
  })

  const everyField = (audience: string) =>
    Object.fromEntries(profilesContracts.profileFieldNames.map((f) => [f, audience]))
  const fieldsOf = (body: object) => profilesContracts.profileFieldNames.filter((f) => f in body)

  it.each(audiences)(
    'B36.1 fields for %s are seen by their audience only, in profile and preview alike',
    async (audience) => {
      await profiles.show(zoe, everyField(audience))
      const reaches = audiences.indexOf(audience)
      const viewers = { visitor: undefined, member, follower, owner: zoe }
      for (const [nearness, [name, viewer]] of Object.entries(viewers).entries()) {
        const seen = await profiles.see(zoe, viewer)
        expect({ name, fields: fieldsOf(seen) }).toEqual({
          name,
          fields: nearness >= reaches ? profilesContracts.profileFieldNames : [],
        })
        if (name === 'owner') continue
        const { body } = await profiles.as(zoe).get(`/v1/me/profile/preview?as=${name}`).expect(200)
        expect({ ...body, relationship: null }).toEqual({ ...seen, relationship: null })
      }
    },
  )

  it.each(profilesContracts.profileFieldNames)(
    'B42.1 the visibility of %s is read, written, and seen by a stranger',
    async (field) => {
      await profiles.show(zoe, { ...everyField('public'), [field]: 'members' })
      const { body } = await profiles.as(zoe).get('/v1/me/visibility').expect(200)
      expect(body).toEqual({ ...everyField('public'), [field]: 'members' })
      expect(fieldsOf(await profiles.see(zoe))).toEqual(profilesContracts.profileFieldNames.filter((f) => f !== field))
    },
  )

  const cardOf = async (viewer?: Person) => {
    const lists = ['/v1/photographers', '/v1/photographers?q=zoe', `/v1/profiles/${follower.handle}/following`]
    const shown = await Promise.all(lists.map((path) => profiles.as(viewer).get(path).expect(200)))
    const internal = await profiles.service
      .from('media')
      .post('/internal/profile-cards')
      .send({ ids: [zoe.id], readerId: viewer?.id ?? null })
      .expect(200)
    return [...shown, internal].map(
      ({ body }) => (body.items as { id: string; fullName: string }[]).find(({ id }) => id === zoe.id)?.fullName,
    )
  }

  it('B41.2 the full name is shown by default setting, and hidden on wish everywhere, from the next answer on', async () => {
    await profiles.show(zoe, everyField('public'))
    const visible = await profiles.as().get('/v1/profiles/zoe')
    expect(await cardOf()).toEqual(Array(4).fill(filled.fullName))
    expect((await profiles.as().get(`/v1/photographers?q=${MARK}`)).body.items).toHaveLength(1)

    await profiles.show(zoe, { fullName: 'me' })
    expect(await profiles.see(zoe)).not.toHaveProperty('fullName')
    expect(await cardOf()).toEqual(Array(4).fill(null))
    expect(await cardOf(member)).toEqual(Array(4).fill(null))
    expect(await cardOf(zoe)).toEqual(Array(4).fill(filled.fullName))
    for (const q of [MARK, 'Zoe c'])
      expect((await profiles.as().get('/v1/photographers').query({ q })).body.items).toEqual([])

    const hidden = await profiles.as().get('/v1/profiles/zoe').set('If-None-Match', visible.headers['etag']!)
    expect(hidden.status).toBe(200)
    expect(hidden.headers['etag']).not.toBe(visible.headers['etag'])
  })

  it('B41 a name that followers may see is on their cards only', async () => {
    await profiles.show(zoe, { fullName: 'followers' })
    expect(await cardOf(follower)).toEqual(Array(4).fill(filled.fullName))
    expect(await cardOf(member)).toEqual(Array(4).fill(null))
  })

  it.each(profilesContracts.profileFieldNames)(
    'B51.2 %s is corrected and deleted, and the old value is nowhere in the store',
    async (field) => {
      await profiles.show(zoe, everyField('public'))
      await profiles.change(zoe, filled)
      const before = (await profiles.as().get('/v1/profiles/zoe')).headers['etag']
      const { body } = await profiles
        .as(zoe)
        .patch('/v1/me/profile')
        .send({ [field]: null })
        .expect(200)
      expect(body[field]).toEqual(Array.isArray(filled[field]) ? [] : null)
      expect((await profiles.as().get('/v1/profiles/zoe')).headers['etag']).not.toBe(before)

      await profiles.change(zoe, Object.fromEntries(profilesContracts.profileFieldNames.map((f) => [f, null])))
      await profiles.service.untilIdle()
      const { database } = profiles
      for (const { collectionName } of await database.collections())
        expect(JSON.stringify(await database.collection(collectionName).find().toArray())).not.toContain(MARK)
      for (const topic of ['profiles.profile', 'profiles.follow'])
        expect(JSON.stringify(await profiles.service.records(topic))).not.toContain(MARK)
    },
  )
})
