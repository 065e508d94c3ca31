import { accountRegistered, acknowledgeRegistration, profileCreated, takeRegistration } from '@mpics/contracts'
import { eventually } from '@mpics/testing'
import { Community, IdentityAwayError, type Person } from './setup/community.js'

describe('a profile comes from a registration', () => {
  let community: Community
  beforeAll(async () => {
    community = await Community.open()
  })
  afterAll(() => community.close())

  const announce = ({ id }: Person) =>
    community.service.publish(
      accountRegistered.of({ accountId: id, locale: 'en', registeredAt: '2026-01-31T12:00:00Z' }),
    )
  const created = async ({ id }: Person) =>
    (await community.service.events(profileCreated)).filter(({ data }) => data.profileId === id)

  it('takes the name, and only then lets identity forget it', async () => {
    const ana = community.register('Ana', 'Ana Alva')
    await announce(ana)
    await eventually(() => community.registrations.get(ana.id)!.fullName === null)
    expect(await community.see({ ...ana, handle: 'ANA' })).toMatchObject({
      id: ana.id,
      handle: 'Ana',
      fullName: 'Ana Alva',
    })
  })

  it('does nothing more when the news comes again', async () => {
    const ben = community.register('ben', 'Ben Bo')
    await announce(ben)
    await announce(ben)
    await community.service.settled()
    await community.change(ben, { fullName: 'Benjamin Bo' })
    await announce(ben)
    await community.service.settled()
    expect(await community.see(ben)).toMatchObject({ fullName: 'Benjamin Bo' })
    expect(await created(ben)).toHaveLength(1)
  })

  it('goes on where it broke off between saving and acknowledging', async () => {
    const cleo = community.register('cleo', 'Cleo C')
    let refusals = 0
    community.identity.answer(acknowledgeRegistration, ({ params: { accountId } }) => {
      if (accountId === cleo.id && refusals++ < 2) throw new IdentityAwayError('dies here')
      community.registrations.get(accountId)!.fullName = null
      return undefined
    })
    await announce(cleo)
    await eventually(() => community.registrations.get(cleo.id)!.fullName === null)
    expect(refusals).toBe(3)
    expect(await community.see(cleo)).toMatchObject({ fullName: 'Cleo C' })
    await community.service.settled()
    expect(await created(cleo)).toHaveLength(1)
  })

  it('makes none for an account that is gone meanwhile', async () => {
    const gone = { id: community.register('gone').id, handle: 'gone' }
    community.registrations.delete(gone.id)
    await announce(gone)
    await community.service.settled()
    expect(community.identity.calls(takeRegistration)).toContainEqual(
      expect.objectContaining({ params: { accountId: gone.id } }),
    )
    await community.as().get('/v1/profiles/gone').expect(404)
    await community.as(gone).get('/v1/me/profile').expect(404)
  })

  it('is there at once for somebody who is quicker than the news', async () => {
    const dora = community.register('dora', 'Dora D')
    const { body } = await community.as(dora).get('/v1/me/profile').expect(200)
    expect(body).toMatchObject({ id: dora.id, handle: 'dora', fullName: 'Dora D', bio: null, urls: [] })
    await announce(dora)
    await community.service.settled()
    expect(await created(dora)).toHaveLength(1)
  })
})
