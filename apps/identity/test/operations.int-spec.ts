import { randomUUID } from 'node:crypto'
import { identity } from '@mpics/contracts'
import { Health, Metrics, OperatorOrders, OperatorsServer, ProjectionCalls } from '@mpics/service-kit'
import { es256, eventually, keys } from '@mpics/testing'
import { importJWK, SignJWT } from 'jose'
import { logIn, type Person, verified } from './setup/people.js'
import { ServiceHarness } from './setup/service-harness.js'

describe('what operators order at the command line', () => {
  let harness: ServiceHarness
  let server: OperatorsServer
  let url: string
  let person: Person
  beforeAll(async () => {
    harness = await ServiceHarness.open({ OPERATOR_PUBLIC_KEYS: keys().operator.publicKeys })
    server = new OperatorsServer()
    const [health, metrics, projections] = [harness.get(Health), harness.get(Metrics), harness.get(ProjectionCalls)]
    server.observe({ health, metrics, projections, orders: harness.get(OperatorOrders) })
    url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`
  })
  beforeEach(async () => {
    person = await verified(harness)
  })
  afterAll(async () => {
    await server.close()
    await harness.close()
  })

  const ann = () => JSON.parse(keys().operator.privateKey) as ReturnType<typeof es256>['private']
  const token = async (jwk = ann()) =>
    new SignJWT({ aud: 'identity' })
      .setProtectedHeader({ alg: 'ES256', typ: 'ops+jwt', kid: 'ann' })
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(await importJWK(jwk, 'ES256'))
  const order = async (name: string, body: unknown, authorization = '') => {
    const headers = { authorization: authorization || `Bearer ${await token()}` }
    const answer = await fetch(`${url}/orders/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return [answer.status, (await answer.json()) as Record<string, unknown>] as const
  }
  const withFactor = () =>
    harness
      .collection('accounts')
      .updateOne({ _id: person.id }, { $set: { factors: { totp: { confirmedAt: new Date() }, passkeys: [] } } })

  it('shows an account by its handle or its id, and what is personal only when it is asked for', async () => {
    const [status, shown] = await order('show-account', { account: person.handle.toUpperCase() })
    expect([status, shown]).toEqual([
      200,
      expect.objectContaining({ id: person.id, status: 'active', roles: ['member'] }),
    ])
    expect(JSON.stringify(shown)).not.toContain(person.email)
    const [, all] = await order('show-account', { account: person.id, personal: true })
    expect(all).toMatchObject({ email: person.email })
    expect(JSON.stringify(all)).not.toMatch(/argon2|[Hh]ash/)
  })

  it('makes the first operator, who needs a second factor, and says by whom', async () => {
    const grant = { account: person.handle, role: 'operator', why: 'the first one' }
    expect(await order('grant-role', grant)).toMatchObject([409, { code: 'identity.factor-missing' }])
    await withFactor()
    const granted = { role: 'operator', by: 'mpics:ann', why: 'the first one', until: null }
    for (let again = 0; again < 2; again++)
      expect(await order('grant-role', grant)).toMatchObject([
        200,
        { roles: ['member', 'operator'], grants: [granted] },
      ])
    const revoked = await order('revoke-role', { account: person.id, role: 'operator', why: 'left' })
    expect(revoked).toMatchObject([200, { roles: ['member'], grants: [] }])
  })

  it('locks and unlocks an account, and says who did it', async () => {
    const lock = { account: person.handle, reason: 'security', why: 'asked for it' }
    expect(await order('lock-account', lock)).toMatchObject([200, { status: 'locked' }])
    expect((await logIn(harness, person)).status).toBe(403)
    const stored = await harness.collection('accounts').findOne({ _id: person.id })
    expect(stored?.['lockEntries']).toMatchObject([{ note: 'asked for it (mpics: ann)' }])
    expect(await order('unlock-account', { account: person.handle, why: 'a mistake' })).toMatchObject([
      200,
      { status: 'active' },
    ])
    expect((await logIn(harness, person)).status).toBe(201)
  })

  it('lists sessions, and ends one or all', async () => {
    const opened = [(await logIn(harness, person)).body, (await logIn(harness, person)).body]
    const ids = opened.map(({ sessionId }) => sessionId as string)
    const listed = async () =>
      ((await order('list-sessions', { account: person.handle }))[1]['items'] as object[]).length
    const [, first] = await order('list-sessions', { account: person.handle })
    expect(JSON.stringify(first)).not.toContain('Firefox')
    expect(await order('end-sessions', { account: person.handle, sessionId: ids[0] })).toEqual([200, { ended: 1 }])
    expect(await listed()).toBe(1)
    expect(await order('end-sessions', { account: person.handle })).toEqual([200, { ended: 1 }])
    expect([await listed(), await order('end-sessions', { account: person.handle })]).toEqual([0, [200, { ended: 0 }]])
  })

  it.each<[string, number, () => ReturnType<typeof order>]>([
    ['without a token', 401, () => order('show-account', { account: person.id }, 'Bearer nothing')],
    ['with a foreign key', 401, async () => order('show-account', {}, `Bearer ${await token(es256('ann').private)}`)],
    ['that nobody knows', 404, () => order('make-coffee', {})],
    ['about nobody', 404, () => order('show-account', { account: 'nobody-at-all' })],
    ['with an operator of MongoDB', 422, () => order('show-account', { account: { $gt: '' } })],
    ['with a field too many', 422, () => order('show-account', { account: person.id, secrets: true })],
    ['without a reason', 422, () => order('grant-role', { account: person.id, role: 'operator' })],
    ['of a role for everybody', 422, () => order('grant-role', { account: person.id, role: 'member', why: 'x' })],
    ['about another’s session', 404, () => order('end-sessions', { account: person.id, sessionId: person.id })],
  ])('refuses an order %s', async (_, status, give) => {
    expect((await give())[0]).toBe(status)
  })

  it('tells how old what it keeps may be and is, and removes what is too old when told to', async () => {
    const [status, { items }] = await order('keep-retention', { dryRun: true })
    expect(status).toBe(200)
    const sessions = { entry: 'sessions', by: 'an index of MongoDB', limitSeconds: 90 * 86_400, overAge: 0 }
    expect(items).toContainEqual(expect.objectContaining(sessions))
    expect(items).toContainEqual(expect.objectContaining({ entry: 'accounts', by: 'an event', overAge: null }))
    expect(await order('keep-retention', {})).toMatchObject([422, {}])
    const metrics = await (await fetch(`${url}/metrics`)).text()
    expect(metrics).toContain('mpics_retention_limit_seconds{entry="sessions"} 7776000')
    expect(metrics).toMatch(/mpics_retention_oldest_seconds\{entry="sessions"\} \d/)
  })

  it('erases again whom the bus names as erased, though a database came back with them', async () => {
    const accounts = harness.collection('accounts')
    const account = (await accounts.findOne({ _id: person.id }))!
    const fact = { accountId: person.id, erasureId: randomUUID(), erasedAt: new Date().toISOString() }
    await harness.service.publish(identity.accountErased.of(fact))
    await eventually(async () => (await accounts.findOne({ _id: person.id })) === null)
    await harness.service.untilIdle()
    await accounts.insertOne(account)
    const replayed = await order('replay-erasures', { begin: true })
    expect(replayed).toMatchObject([200, { finished: true, accounts: 1 }])
    expect(await accounts.findOne({ _id: person.id })).toBeNull()
    expect(await order('replay-erasures', {})).toMatchObject([422, {}])
  })
})
