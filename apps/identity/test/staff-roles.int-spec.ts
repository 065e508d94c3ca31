import { identity } from '@mpics/contracts'
import { DAY_MS } from '@mpics/contracts/durations'
import { decodeJwt } from 'jose'
import type { Caller } from './setup/caller.js'
import { logIn, type Person, renewed, verified } from './setup/people.js'
import { provenAs } from './setup/proven.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('roles of the staff', () => {
  let harness: ServiceHarness
  let boss: Person
  let person: Person
  let session: Record<string, unknown>
  let operator: Caller
  beforeAll(async () => {
    harness = await ServiceHarness.open()
    boss = await verified(harness)
    operator = await provenAs(harness, boss, ['member', 'operator'])
  })
  beforeEach(async () => {
    person = await verified(harness)
    session = (await logIn(harness, person)).body
    await withFactor(person)
  })
  afterAll(() => harness.close())

  const withFactor = ({ id }: Person, confirmedAt: Date | null = new Date()) =>
    harness.collection('accounts').updateOne({ _id: id }, { $set: { factors: factors(confirmedAt) } })
  const factors = (confirmedAt: Date | null) => ({ totp: { confirmedAt }, passkeys: [] })
  const after = (ms: number) => new Date(harness.clock.now().getTime() + ms).toISOString()
  const put = (roles: object[], { id }: Person = person, by: Caller = operator) =>
    by.put(`/v1/admin/accounts/${id}/roles`, { roles, reason: 'from June on' })
  const claims = async () => decodeJwt((await renewed(harness, session)).accessToken as string)

  it('are granted and taken away by an operator, with a reason, and are told of', async () => {
    const granted = await put([{ role: 'moderator' }, { role: 'support', until: after(DAY_MS) }])
    expect([granted.status, granted.body]).toEqual([
      200,
      {
        accountId: person.id,
        items: [
          expect.objectContaining({ role: 'moderator', by: boss.id, reason: 'from June on', until: null }),
          expect.objectContaining({ role: 'support', until: expect.any(String) }),
        ],
      },
    ])
    expect(await claims()).toMatchObject({ roles: ['member', 'moderator', 'support'], rv: 1 })
    expect((await put([{ role: 'support', until: granted.body.items[1].until }])).body.items).toHaveLength(1)
    expect(await claims()).toMatchObject({ roles: ['member', 'support'], rv: 2 })
    expect((await harness.as(person.id).get('/v1/me')).body.roles).toEqual(['member', 'support'])
    const told = await harness.told(identity.rolesChanged, person.id)
    expect(told.map(({ data }) => data)).toEqual([1, 2].map((rolesVersion) => ({ accountId: person.id, rolesVersion })))
    const asked = await harness.from('gateway').post('/internal/roles-versions', { accountIds: [person.id, boss.id] })
    expect(asked.body.items).toContainEqual({ accountId: person.id, rolesVersion: 2 })
  })

  it('end by themselves, and the token that holds one with it', async () => {
    await put([{ role: 'contractor', until: after(5_000) }])
    const { roles, iat, exp } = await claims()
    expect([roles, exp! - iat! <= 6]).toEqual([['member', 'contractor'], true])
    expect((await renewed(harness, session)).expiresIn).toBeLessThanOrEqual(6)
  })

  it('need a second factor when they are granted, and whenever a token is signed', async () => {
    await put([{ role: 'analyst' }])
    await withFactor(person, null)
    expect((await claims()).roles).toEqual(['member'])
    const refused = await put([{ role: 'analyst' }, { role: 'policy' }])
    expect([refused.status, refused.body.code]).toEqual([409, 'identity.factor-missing'])
  })

  it.each<[string, number, () => Promise<{ status: number }>]>([
    ['to themselves', 403, () => put([{ role: 'analyst' }], boss)],
    ['by a member', 403, async () => put([], boss, await provenAs(harness, person, ['member']))],
    ['by a moderator', 403, async () => put([], boss, await provenAs(harness, person, ['member', 'moderator']))],
    ['by a visitor', 401, () => put([], person, harness.anybody)],
    ['to nobody', 404, () => put([{ role: 'analyst' }], { ...person, id: '01931f3e-0000-7000-8000-00000000dead' })],
    ['as a contractor for ever', 422, () => put([{ role: 'contractor' }])],
    ['as a contractor for longer than a year', 422, () => put([{ role: 'contractor', until: after(367 * DAY_MS) }])],
    ['until yesterday', 422, () => put([{ role: 'support', until: after(-DAY_MS) }])],
    ['twice', 422, () => put([{ role: 'support' }, { role: 'support' }])],
    ['that nobody knows', 422, () => put([{ role: 'emperor' }])],
    ['of a member, which everybody has', 422, () => put([{ role: 'member' }])],
    ['without a reason', 422, () => operator.put(`/v1/admin/accounts/${person.id}/roles`, { roles: [] })],
  ])('are not granted %s', async (_, status, attempt) => {
    expect((await attempt()).status).toBe(status)
  })

  it('are granted with a fresh proof only', async () => {
    harness.pass(601_000)
    expect((await put([{ role: 'support' }])).body).toMatchObject({ code: 'identity.proof-needed' })
  })
})
