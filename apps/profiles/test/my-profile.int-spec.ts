import { profiles as profilesContracts } from '@mpics/contracts'
import { ProfilesHarness, type Person } from './setup/profiles-harness.js'

describe('my profile', () => {
  let profiles: ProfilesHarness
  let ana: Person
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
    ana = await profiles.join('ana', 'Ana Alva')
  })
  afterAll(() => profiles.close())

  const patch = (body: object) => profiles.as(ana).patch('/v1/me/profile').send(body)
  const issues = async (body: object) => {
    const answer = await patch(body).expect(422)
    return (answer.body.errors as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`)
  }

  it('B09 takes what its limits allow', async () => {
    const fullest = {
      fullName: 'é'.repeat(100),
      bio: `${'x'.repeat(1_000)}\n${'y'.repeat(999)}`,
      location: 'z'.repeat(100),
      urls: Array.from({ length: 10 }, (_, i) => `https://example.org/${i}`),
      messengers: Array.from({ length: 10 }, (_, i) => ({ network: 'signal', id: `+3160000000${i}` })),
    }
    const { body } = await patch(fullest).expect(200)
    expect(body).toMatchObject(fullest)
  })

  it.each([
    ['B09.1', { fullName: 'x'.repeat(101) }, 'fullName too-long'],
    ['B09', { fullName: ' ' }, 'fullName blank'],
    ['B09', { location: 'a\u202Eb' }, 'location control-characters'],
    ['B09.1', { bio: 'x'.repeat(2_001) }, 'bio too-long'],
    ['B09', { bio: 7 }, 'bio invalid'],
    ['B09.1', { urls: Array(11).fill('https://example.org') }, 'urls too-many'],
    ['B09.2', { urls: ['https://ok.example', 'javascript:alert(1)'] }, 'urls.1 bad-url'],
    ['B09.2', { urls: ['https://user:password@example.org'] }, 'urls.0 bad-url'],
    ['B09.2', { urls: ['not a url'] }, 'urls.0 bad-url'],
    ['B09.3', { messengers: [{ network: 'pigeon', id: 'x' }] }, 'messengers.0.network invalid'],
    ['B09', { messengers: [{ network: 'icq', id: '1', extra: 1 }] }, 'messengers.0.extra unknown-field'],
    ['B09', { handle: 'other' }, 'handle unknown-field'],
    ['B09', { visibility: { fullName: 'public' } }, 'visibility unknown-field'],
  ])('%s refuses %j', async (_, body, issue) => {
    expect(await issues(body)).toEqual([issue])
  })

  it.each(['\u200B', '\u200D', '\u2060', '\u00AD', '\u3164', '\u2800', '\u0301'])(
    'refuses a name of %j alone',
    async (text) => {
      expect(await issues({ fullName: text })).toEqual(['fullName blank'])
    },
  )

  it('takes a text with the line breaks of a form', async () => {
    const { body } = await patch({ bio: 'a\r\nb' }).expect(200)
    expect(body.bio).toBe('a\nb')
    expect(await issues({ fullName: 'a\r\nb' })).toEqual(['fullName control-characters'])
  })

  it('leaves nothing behind of a change that was refused', async () => {
    const before = (await profiles.as(ana).get('/v1/me/profile')).body
    await issues({ bio: 'new', urls: ['nonsense'] })
    expect((await profiles.as(ana).get('/v1/me/profile')).body).toEqual(before)
  })

  it('keeps changes apart that two devices make from the same reading', async () => {
    const tag = (await profiles.as(ana).get('/v1/me/profile')).headers['etag']!
    const changed = await patch({ bio: 'from the telephone' }).set('If-Match', tag).expect(200)
    const late = await patch({ bio: 'from the desk' }).set('If-Match', tag).expect(412)
    expect(late.body.code).toBe('precondition-failed')
    await patch({ bio: 'from the desk' }).set('If-Match', changed.headers['etag']!).expect(200)
    const read = await profiles.as(ana).get('/v1/me/profile')
    expect(read.body.bio).toBe('from the desk')
    await profiles.as(ana).get('/v1/me/profile').set('If-None-Match', read.headers['etag']!).expect(304)
  })

  it('does the same for the visibility, which has a tag of its own', async () => {
    const { body, headers } = await profiles.as(ana).get('/v1/me/visibility').expect(200)
    expect(Object.keys(body)).toEqual(profilesContracts.profileFieldNames)
    expect(body).toMatchObject({
      fullName: 'public',
      bio: 'public',
      location: 'public',
      urls: 'public',
      messengers: 'members',
    })
    await patch({ bio: 'changes nothing about it' }).expect(200)
    const put = (tag: string) =>
      profiles
        .as(ana)
        .put('/v1/me/visibility')
        .send({ ...body, bio: 'me' })
        .set('If-Match', tag)
    await put(headers['etag']!).expect(200)
    await put(headers['etag']!).expect(412)
    await profiles.as(ana).put('/v1/me/visibility').send({ bio: 'me' }).expect(422)
    await profiles
      .as(ana)
      .put('/v1/me/visibility')
      .send({ ...body, bio: 'friends' })
      .expect(422)
  })

  it('tells which fields changed, once, and never their values', async () => {
    const lea = await profiles.join('lea', 'Lea')
    for (let i = 0; i < 3; i++) await profiles.change(lea, { bio: 'Same', location: 'Here' })
    for (let i = 0; i < 2; i++) await profiles.show(lea, { bio: 'me' })
    await profiles.service.untilIdle()
    const mine = (found: { data: unknown }[]) =>
      found.map(({ data }) => data).filter((data) => (data as { profileId: string }).profileId === lea.id)
    expect(mine(await profiles.service.events(profilesContracts.profileChanged))).toEqual([
      { profileId: lea.id, changedFields: ['bio', 'location'] },
    ])
    expect(mine(await profiles.service.events(profilesContracts.profileVisibilityChanged))).toEqual([
      { profileId: lea.id, changedFields: ['bio'] },
    ])
  })

  it('loses none of many changes at once', async () => {
    const max = await profiles.join('max')
    await Promise.all([
      profiles.change(max, { bio: 'b' }),
      profiles.change(max, { location: 'l' }),
      profiles.change(max, { fullName: 'f' }),
      profiles.change(max, { urls: ['https://u.example'] }),
    ])
    const { body } = await profiles.as(max).get('/v1/me/profile')
    expect(body).toMatchObject({ bio: 'b', location: 'l', fullName: 'f', urls: ['https://u.example'] })
  })

  it('B08 is for members', async () => {
    for (const path of ['/v1/me/profile', '/v1/me/visibility', '/v1/me/profile/preview?as=visitor'])
      await profiles.as().get(path).expect(401)
    await profiles.as().patch('/v1/me/profile').send({ bio: 'x' }).expect(401)
    await profiles.as(ana).get('/v1/me/profile/preview?as=owner').expect(422)
    expect((await profiles.as(ana).get('/v1/me/profile')).headers['cache-control']).toBe('private, no-store')
  })
})
