import { Projections } from '@mpics/eventing'
import { Health, Metrics, OperatorsServer, ProjectionCalls } from '@mpics/service-kit'
import { importJWK, SignJWT } from 'jose'
import { es256, keys, type TestService, testService } from '../src/index.js'
import { ProfilesConfig, TinyModule } from './tiny/tiny.module.js'

const now = () => Math.floor(Date.now() / 1000)
const ann = () => JSON.parse(keys().operator.privateKey) as ReturnType<typeof es256>['private']

describe('what operators order on their own port', () => {
  let service: TestService
  let operators: OperatorsServer
  let url: string
  let release: () => void

  async function open(environment: Record<string, string>) {
    const started = await testService(TinyModule, ProfilesConfig, { service: 'profiles', environment })
    const server = new OperatorsServer()
    const { app } = started
    server.observe({ health: app.get(Health), metrics: app.get(Metrics), projections: app.get(ProjectionCalls) })
    return { started, server, url: `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}` }
  }

  beforeAll(async () => {
    const opened = await open({ OPERATOR_PUBLIC_KEYS: keys().operator.publicKeys })
    service = opened.started
    operators = opened.server
    url = opened.url
    const held = new Promise<void>((resolve) => (release = resolve))
    service.get(Projections).register({
      name: 'notes',
      source: 'identity',
      events: [],
      store: { confirm: () => Promise.resolve({ added: 1, mended: 0, distrusted: 0 }) },
      async *snapshot() {
        yield ['one']
        await held
      },
    })
  })
  afterAll(async () => {
    await operators.close()
    await service.stop()
  })

  const claims = (changes: object = {}) => ({ aud: 'profiles', iat: now(), exp: now() + 60, ...changes })
  const signed = async (changes: object = {}, jwk = ann(), header: object = {}) =>
    new SignJWT(claims(changes))
      .setProtectedHeader({ alg: 'ES256', typ: 'ops+jwt', kid: 'ann', ...header })
      .sign(await importJWK(jwk, 'ES256'))
  const ask = async (path: string, token?: string, method = 'GET', at = url) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const response = await fetch(at + path, { method, headers })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  it('lists, begins once, and tells how it goes and who began it', async () => {
    expect(await ask('/projections', await signed())).toMatchObject({
      status: 200,
      body: { items: [{ name: 'notes', source: 'identity', rebuild: null }] },
    })
    expect(await ask('/projections/notes/rebuild', await signed(), 'POST')).toMatchObject({
      status: 202,
      body: { rebuild: { state: 'running', by: 'ann' } },
    })
    expect(await ask('/projections/notes/rebuild', await signed(), 'POST')).toMatchObject({
      status: 409,
      body: { code: 'projections.rebuild-running', detail: expect.stringContaining('begun by ann') },
    })
    release()
    let answer
    do answer = await ask('/projections/notes', await signed())
    while ((answer.body['rebuild'] as { state: string }).state === 'running')
    expect(answer.body).toMatchObject({ rebuild: { state: 'done', read: 1, added: 1 } })
  })

  it('knows an operator who changes the key by both of them', async () => {
    const { keys: known } = JSON.parse(keys().operator.publicKeys) as { keys: object[] }
    const next = es256('ann')
    const both = await open({ OPERATOR_PUBLIC_KEYS: JSON.stringify({ keys: [...known, next.public] }) })
    for (const [jwk, status] of [
      [ann(), 200],
      [next.private, 200],
      [es256('ann').private, 401],
    ] as const)
      expect((await ask('/projections', await signed({}, jwk), 'GET', both.url)).status).toBe(status)
    await both.server.close()
    await both.started.stop()
  })

  it('knows no other paths and no other projections', async () => {
    expect((await ask('/projections/other', await signed())).status).toBe(404)
    expect((await ask('/projections/other/rebuild', await signed(), 'POST')).status).toBe(404)
    expect((await ask('/projections/notes/rebuild', await signed())).status).toBe(404)
    expect((await ask('/projections/notes', await signed(), 'DELETE')).status).toBe(404)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  describe('refuses', () => {
    const gateway = () => JSON.parse(keys().privateKey('gateway')) as ReturnType<typeof es256>['private']
    it.each<[string, () => Promise<string | undefined>]>([
      ['no token', async () => undefined],
      ['a token that is none', async () => 'x.y.z'],
      ['a stranger who takes the name of an operator', () => signed({}, es256('ann').private)],
      ['an operator whom the service does not know', () => signed({}, es256('bob').private, { kid: 'bob' })],
      ['a service, by its own key', () => signed({ iss: 'gateway' }, gateway(), { kid: 'gateway' })],
      ['the token of a call between services', async () => keys().tokensOf('gateway').tokenFor('profiles')],
      ['an operator’s key in the form of such a call', () => signed({}, ann(), { typ: 'int+jwt' })],
      ['a token for another service', () => signed({ aud: 'media' })],
      ['one that ran out', () => signed({ iat: now() - 200, exp: now() - 140 })],
      ['one that would live for long', () => signed({ iat: now() - 200, exp: now() + 3600 })],
      ['one without an end', () => signed({ exp: undefined })],
    ])('%s', async (_, token) => {
      expect(await ask('/projections', await token())).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
      expect((await ask('/projections/notes/rebuild', await token(), 'POST')).status).toBe(401)
    })

    it('everybody, where no operator is known', async () => {
      const closed = await open({})
      expect((await ask('/projections', await signed(), 'GET', closed.url)).status).toBe(401)
      await closed.server.close()
      await closed.started.stop()
    })

    it('the key of an operator on the port of the service', async () => {
      const headers = { authorization: `Bearer ${await signed()}` }
      expect((await fetch(`${service.url}/internal/notes/count`, { headers })).status).toBe(401)
    })
  })
})
