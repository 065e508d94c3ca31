import { uuidv7 } from 'uuidv7'
import { RegisteredProfilesProjection } from '../src/profiles/registered-profiles.projection.js'
import { ProfilesHarness, type Person } from './setup/profiles-harness.js'

describe('photographers', () => {
  let profiles: ProfilesHarness
  let jose: Person
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
    jose = await profiles.join('jose_n', 'José María Ñandú')
    await profiles.join('maria', 'Anna Schmidt')
    await profiles.join('third')
  })
  afterAll(() => profiles.close())

  const handles = async (query: Record<string, string>, viewer?: Person) => {
    const { body } = await profiles.as(viewer).get('/v1/photographers').query(query).expect(200)
    return (body.items as { handle: string }[]).map(({ handle }) => handle)
  }

  it('B01.2 can be paged through by anybody, the newest first', async () => {
    expect(await handles({})).toEqual(['third', 'maria', 'jose_n'])
    const first = (await profiles.as().get('/v1/photographers?sort=new&limit=2')).body
    expect(await handles({ limit: '2', cursor: first.nextCursor })).toEqual(['jose_n'])
    await profiles.as().get('/v1/photographers?limit=81').expect(422)
    await profiles.as().get('/v1/photographers?sort=loudest').expect(422)
  })

  it('are found by the beginning of a handle or of a word of a name', async () => {
    expect(await handles({ q: 'mar' })).toEqual(['maria', 'jose_n'])
    expect(await handles({ q: 'NANDU' })).toEqual(['jose_n'])
    expect(await handles({ q: '@Jose_' })).toEqual(['jose_n'])
    expect(await handles({ q: 'maria ñ' })).toEqual(['jose_n'])
    for (const q of ['andu', '.*', '$ne', 'z'.repeat(60)]) expect(await handles({ q })).toEqual([])
  })

  it('are found by a name however it is written, also one that an earlier release stored', async () => {
    const ipek = await profiles.join('ipek', 'İpek Straßer Łukasz')
    for (const q of ['straßer', 'strasser', 'lukasz', 'ŁUKASZ', 'ipek s'])
      expect(await handles({ q })).toEqual(['ipek'])
    const stored = profiles.database.collection<{ _id: string }>('profiles')
    await stored.updateOne(
      { _id: ipek.id },
      { $set: { terms: ['ipek', 'ipek straßer łukasz', 'straßer łukasz', 'łukasz'] } },
    )
    for (const q of ['@Ipek', 'łukasz', 'Straßer Ł']) expect(await handles({ q })).toEqual(['ipek'])
    expect(await handles({ q: 'lukasz' })).toEqual([])
    const rebuilt = await profiles.service.get(RegisteredProfilesProjection).confirm([ipek.id, jose.id, uuidv7()])
    expect(rebuilt).toEqual({ added: 0, mended: 1, distrusted: 0 })
    expect(await handles({ q: 'lukasz' })).toEqual(['ipek'])
  })

  it('B07.2 B07.3 near me needs a location, says so, and answers with it', async () => {
    const alone = await profiles.as(jose).get('/v1/photographers?near=me').expect(409)
    expect(alone.body).toMatchObject({ code: 'profiles.profile-incomplete', missing: ['location'] })
    await profiles.as().get('/v1/photographers?near=me').expect(401)
    const neighbour = await profiles.join('neighbour')
    const shy = await profiles.join('shy')
    await profiles.change(neighbour, { location: 'UTRECHT, NL' })
    await profiles.change(shy, { location: 'Utrecht' })
    await profiles.show(shy, { location: 'members' })
    await profiles.change(jose, { location: 'Utrecht, Netherlands' })
    expect(await handles({ near: 'me' }, jose)).toEqual(['neighbour', 'jose_n'])
    await profiles.change(jose, { location: 'Łódź, Polska' })
    const stored = profiles.database.collection<{ _id: string }>('profiles')
    await stored.updateOne({ _id: neighbour.id }, { $set: { place: 'łodz' } })
    expect(await handles({ near: 'me' }, jose)).toEqual(['neighbour', 'jose_n'])
  })

  it('internal calls answer services only', async () => {
    const from = profiles.service.from('gateway')
    expect((await from.get('/internal/handles/JOSE_N').expect(200)).body).toEqual({ id: jose.id })
    await from.get('/internal/handles/nobody').expect(404)
    await from.get(`/internal/profiles/${jose.id}/existence`).expect(204)
    await from.get(`/internal/profiles/${uuidv7()}/existence`).expect(404)
    const names = { ids: [uuidv7(), jose.id], handles: ['JOSE_N', 'nobody'] }
    expect((await from.post('/internal/profile-pages').send(names).expect(200)).body).toEqual({
      ...{ ids: [jose.id], handles: [{ handle: 'JOSE_N', id: jose.id }] },
    })
    const ids = [uuidv7(), jose.id, jose.id]
    const cards = await from.post('/internal/profile-cards').send({ ids, readerId: null }).expect(200)
    expect(cards.body.items).toEqual([{ id: jose.id, handle: 'jose_n', fullName: 'José María Ñandú' }])
    await profiles.service.from('analytics').get('/internal/handles/jose_n').expect(403)
  })
})
