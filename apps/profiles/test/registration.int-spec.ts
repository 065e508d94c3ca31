import { identity, profiles as profilesContracts } from '@mpics/contracts'
import { eventually } from '@mpics/testing'
import { ProfilesHarness, IdentityAwayError, type Person } from './setup/profiles-harness.js'

/** A consumer that waits between its tries makes three in that time, or fewer; one that does not goes on until the breaker opens, after six or more. */
const [AWAY_MS, MAX_TRIES] = [700, 5]

describe('a profile comes from a registration', () => {
  let profiles: ProfilesHarness
  beforeAll(async () => {
    profiles = await ProfilesHarness.open()
  })
  afterAll(() => profiles.close())

  const announce = ({ id }: Person) =>
    profiles.service.publish(
      identity.accountRegistered.of({ accountId: id, locale: 'en', registeredAt: '2026-01-31T12:00:00Z' }),
    )
  const created = async ({ id }: Person) =>
    (await profiles.service.events(profilesContracts.profileCreated)).filter(({ data }) => data.profileId === id)

  it('takes the name, and only then lets identity forget it', async () => {
    const ana = profiles.register('Ana', 'Ana Alva')
    await announce(ana)
    await eventually(() => profiles.registrations.get(ana.id)!.fullName === null)
    expect(await profiles.see({ ...ana, handle: 'ANA' })).toMatchObject({
      id: ana.id,
      handle: 'Ana',
      fullName: 'Ana Alva',
    })
  })

  it('does nothing more when the news comes again', async () => {
    const ben = profiles.register('ben', 'Ben Bo')
    await announce(ben)
    await announce(ben)
    await profiles.service.untilIdle()
    await profiles.change(ben, { fullName: 'Benjamin Bo' })
    await announce(ben)
    await profiles.service.untilIdle()
    expect(await profiles.see(ben)).toMatchObject({ fullName: 'Benjamin Bo' })
    expect(await created(ben)).toHaveLength(1)
  })

  it('goes on where it broke off between saving and acknowledging', async () => {
    const cleo = profiles.register('cleo', 'Cleo C')
    let [refusals, awayUntil] = [0, 0]
    profiles.identity.answer(identity.acknowledgeRegistration, ({ params: { accountId } }) => {
      if (accountId === cleo.id) {
        awayUntil ||= performance.now() + AWAY_MS
        if (refusals < 2 || performance.now() < awayUntil) {
          refusals++
          throw new IdentityAwayError('dies here')
        }
      }
      profiles.registrations.get(accountId)!.fullName = null
      return undefined
    })
    await announce(cleo)
    await eventually(() => profiles.registrations.get(cleo.id)!.fullName === null)
    expect(refusals).toBeGreaterThanOrEqual(2)
    expect(refusals).toBeLessThanOrEqual(MAX_TRIES)
    expect(await profiles.see(cleo)).toMatchObject({ fullName: 'Cleo C' })
    await profiles.service.untilIdle()
    expect(await created(cleo)).toHaveLength(1)
  })

  it('makes none for an account that is gone meanwhile', async () => {
    const gone = { id: profiles.register('gone').id, handle: 'gone' }
    profiles.registrations.delete(gone.id)
    await announce(gone)
    await profiles.service.untilIdle()
    expect(profiles.identity.calls(identity.takeRegistration)).toContainEqual(
      expect.objectContaining({ params: { accountId: gone.id } }),
    )
    await profiles.as().get('/v1/profiles/gone').expect(404)
    await profiles.as(gone).get('/v1/me/profile').expect(404)
  })

  it('is there at once for somebody who is quicker than the news', async () => {
    const dora = profiles.register('dora', 'Dora D')
    const { body } = await profiles.as(dora).get('/v1/me/profile').expect(200)
    expect(body).toMatchObject({ id: dora.id, handle: 'dora', fullName: 'Dora D', bio: null, urls: [] })
    await announce(dora)
    await profiles.service.untilIdle()
    expect(await created(dora)).toHaveLength(1)
  })
})
