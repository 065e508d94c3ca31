import { passwordChanged } from '@mpics/contracts'
import { EventWriter } from '@mpics/eventing'
import { Bench, eventually } from './setup/bench.js'
import { FIREFOX, linkFor, logIn, verified } from './setup/people.js'

const NEW = 'another good password'

describe('password resets', () => {
  let bench: Bench
  beforeAll(async () => (bench = await Bench.open()))
  afterAll(() => bench.close())

  const ask = (email: string) => bench.anybody.post('/v1/password-resets', { email })
  const confirm = (token: string | null, newPassword = NEW) =>
    bench.anybody.post('/v1/password-resets/confirm', { token, newPassword })

  it('are answered alike, with the same number of writes, with and without an account', async () => {
    const { email } = await verified(bench)
    const writes: string[] = []
    const client = bench.connection.getClient()
    client.options.monitorCommands = true
    const note = ({ commandName }: { commandName: string }) =>
      void (commandName === 'update' && writes.push(commandName))
    const seen = []
    for (const address of [email, 'nobody@example.org']) {
      writes.length = 0
      client.on('commandStarted', note)
      const { status, body } = await ask(address)
      client.off('commandStarted', note)
      seen.push({ status, body, writes: writes.length })
    }
    expect(seen[0]).toEqual({ status: 202, body: {}, writes: expect.any(Number) })
    expect(seen[1]).toEqual(seen[0])
  })

  it('B50 set another password once, and end every session', async () => {
    const person = await verified(bench)
    const sessions = [await logIn(bench, person), await logIn(bench, person)]
    await ask(person.email)
    const token = await linkFor(bench, person.id, 'reset-password')
    const answers = await Promise.all([confirm(token), confirm(token)])
    expect(answers.map((a) => a.status).sort()).toEqual([204, 410])
    for (const { body } of sessions) {
      const answer = await bench.anybody.post('/v1/sessions/refresh', { refreshToken: body.refreshToken })
      expect(answer.body.code).toBe('identity.session-ended')
    }
    const revoked = (await bench.events('identity.session.revoked.v1')).map((e) => e.key)
    expect(revoked).toEqual(expect.arrayContaining(sessions.map(({ body }) => body.sessionId as string)))
    expect(
      (await bench.events('identity.account.password-changed.v1')).filter((e) => e.key === person.id),
    ).toHaveLength(1)
    expect((await logIn(bench, person)).status).toBe(401)
    const again = await logIn(bench, { ...person, password: NEW })
    expect(again.status).toBe(201)
    const kept = await bench.anybody.post(
      '/v1/sessions/refresh',
      { refreshToken: again.body.refreshToken },
      { 'user-agent': FIREFOX },
    )
    expect(kept.status).toBe(200)
  })

  it('refuse a weak password and keep the link for a better one; refuse expired and made-up links', async () => {
    const person = await verified(bench)
    await ask(person.email)
    const token = await linkFor(bench, person.id, 'reset-password')
    const weak = await confirm(token, 'qwertyuiop12')
    expect({ status: weak.status, errors: weak.body.errors }).toEqual({
      status: 422,
      errors: [expect.objectContaining({ path: 'newPassword', code: 'too-common' })],
    })
    expect((await confirm('made-up')).status).toBe(410)
    bench.pass(60 * 60 * 1000)
    expect((await confirm(token)).body.code).toBe('identity.link-expired')
  })

  it('end sessions also when the process died right after the change', async () => {
    const person = await verified(bench)
    const { body } = await logIn(bench, person)
    const changedAt = new Date(bench.clock.now().getTime() + 1000).toISOString()
    const writer = await EventWriter.connect(bench.access)
    await writer.event(passwordChanged.of({ accountId: person.id, changedAt }), { sequence: 99 })
    await writer.close()
    await eventually(
      async () => (await bench.collection('sessions').findOne({ _id: body.sessionId as string }))?.['endedAt'],
    )
    expect((await bench.events('identity.session.revoked.v1')).map((e) => e.key)).toContain(body.sessionId)
  })
})
