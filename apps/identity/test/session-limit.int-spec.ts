import { logIn, register } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('sessions of a person', () => {
  let harness: ServiceHarness
  beforeAll(async () => {
    harness = await ServiceHarness.open()
  })
  afterAll(() => harness.close())

  it('B50 last twenty at once: the one that was idle for longest ends, even after log-ins at the same time', async () => {
    const person = await register(harness)
    const { body: first } = await logIn(harness, person)
    const { body: second } = await logIn(harness, person)
    const refresh = async ({ refreshToken }: Record<string, unknown>) =>
      (await harness.anybody.post('/v1/sessions/refresh', { refreshToken })).status
    for (let more = 0; more < 18; more++) await logIn(harness, person)
    const { body: renewed } = await harness.anybody.post('/v1/sessions/refresh', {
      refreshToken: first.refreshToken as string,
    })
    await Promise.all([logIn(harness, person), logIn(harness, person)])
    expect([
      await refresh(renewed as Record<string, unknown>),
      await refresh(second as Record<string, unknown>),
    ]).toEqual([200, 401])
    const ended = await harness.collection('sessions').find({ accountId: person.id, endedBy: 'too-many' }).toArray()
    expect(ended).toHaveLength(2)
  })
})
