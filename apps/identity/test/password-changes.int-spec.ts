import { identity } from '@mpics/contracts'
import { FIREFOX, linkFor, logIn, type Person, register, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

const OTHER = 'quite another good password'

describe('another password', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    harness = await ServiceHarness.open()
  })
  afterAll(() => harness.close())

  async function loggedIn(person: Person) {
    const { body } = await logIn(harness, person)
    const { sessionId, refreshToken } = body as { sessionId: string; refreshToken: string }
    const change = (currentPassword: string, newPassword: string) =>
      harness.as(person.id, sessionId).put('/v1/me/password', { currentPassword, newPassword })
    const refresh = async () =>
      (await harness.anybody.post('/v1/sessions/refresh', { refreshToken }, { 'user-agent': FIREFOX })).status
    return { sessionId, change, refresh }
  }
  const statusOfLogIn = async (person: Person, password: string) =>
    (await logIn(harness, { ...person, password })).status

  it('B51.1 B50.2 takes the place of the former one: the session that changed it stays, the others end', async () => {
    const person = await verified(harness)
    const elsewhere = await loggedIn(person)
    const { change, refresh, sessionId } = await loggedIn(person)
    expect((await change(person.password, OTHER)).status).toBe(204)
    expect([await refresh(), await elsewhere.refresh()]).toEqual([200, 401])
    expect([await statusOfLogIn(person, person.password), await statusOfLogIn(person, OTHER)]).toEqual([401, 201])
    expect(await harness.told(identity.passwordChanged, person.id)).toHaveLength(1)
    const [session, account] = await Promise.all([
      harness.collection('sessions').findOne({ _id: sessionId }),
      harness.collection('accounts').findOne({ _id: person.id }),
    ])
    expect(session?.['credentials']).toMatch(new RegExp(`^${String(account?.['credentialVersion'])}\\.`))
  })

  it.each([
    ['a wrong present one', 'not the present one', OTHER, 403],
    ['one that is short', undefined, 'short', 422],
    ['one that is common', undefined, 'password1234', 422],
    ['an operator of a query', undefined, { $ne: '' } as unknown as string, 422],
  ])('is not %s', async (_, current, wanted, status) => {
    const person = await register(harness)
    const { change } = await loggedIn(person)
    expect((await change(current ?? person.password, wanted)).status).toBe(status)
    expect(await statusOfLogIn(person, person.password)).toBe(201)
  })

  it('is set by one of two sessions that change it at once, and the other one ends', async () => {
    const person = await register(harness)
    const sessions = [await loggedIn(person), await loggedIn(person)]
    const answers = await Promise.all(sessions.map(({ change }, i) => change(person.password, `${OTHER} ${i}`)))
    const winner = answers.findIndex(({ status }) => status === 204)
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect([401, 403]).toContain(answers[1 - winner]!.status)
    expect(await statusOfLogIn(person, `${OTHER} ${winner}`)).toBe(201)
    expect([await sessions[winner]!.refresh(), await sessions[1 - winner]!.refresh()]).toEqual([200, 401])
  })

  it('ends a link to reset the former one', async () => {
    const person = await verified(harness)
    await harness.anybody.post('/v1/password-resets', { email: person.email })
    const token = await linkFor(harness, person.id, 'reset-password')
    const { change } = await loggedIn(person)
    await change(person.password, OTHER)
    expect((await harness.anybody.post('/v1/password-resets/confirm', { token, newPassword: OTHER })).status).toBe(410)
  })
})
