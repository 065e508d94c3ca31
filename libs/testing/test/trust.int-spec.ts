import { randomUUID, sign } from 'node:crypto'
import { es256, keys, type TestService, testService } from '../src/index.js'
import supertest from 'supertest'
import { parsePrivateKey } from '@mpics/service-kit'
import { ProfilesConfig, TinyModule } from './tiny/tiny.module.js'

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

const gatewayKey = () => parsePrivateKey(keys().privateKey('gateway')).key
const claims = (changes: object = {}) => ({
  iss: 'gateway',
  aud: 'profiles',
  sub: randomUUID(),
  sid: randomUUID(),
  roles: ['member'],
  iat: now(),
  exp: now() + 60,
  ...changes,
})
function token(changes: object = {}, header: object = {}, key = gatewayKey()): string {
  const head = `${encode({ alg: 'ES256', typ: 'int+jwt', kid: 'gateway', ...header })}.${encode(claims(changes))}`
  return `${head}.${sign('sha256', Buffer.from(head), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
const foreign = parsePrivateKey(JSON.stringify(es256('gateway').private)).key

describe('trust between services', () => {
  let service: TestService
  beforeAll(async () => (service = await testService(TinyModule, ProfilesConfig)))
  afterAll(() => service.stop())

  const add = (authorization?: string) => {
    const request = supertest(service.url).post('/v1/notes').send({ text: 'hello' })
    return authorization === undefined ? request : request.set('Authorization', authorization)
  }

  it('takes a good token', async () => {
    expect((await add(`Bearer ${token()}`)).status).toBe(201)
  })

  it.each([
    ['none', undefined],
    ['no bearer token', 'Basic YTpi'],
    ['no token at all', 'Bearer x'],
    ['one signed with a foreign key', `Bearer ${token({}, {}, foreign)}`],
    ['an unsigned one', `Bearer ${encode({ alg: 'none', typ: 'int+jwt', kid: 'gateway' })}.${encode(claims())}.`],
    ['one that claims HS256', `Bearer ${token({}, { alg: 'HS256' })}`],
    ['an unknown key', `Bearer ${token({}, { kid: 'nobody' })}`],
    ['no key', `Bearer ${token({}, { kid: undefined })}`],
    ['an access token', `Bearer ${token({}, { typ: 'at+jwt' })}`],
    ['a critical extension', `Bearer ${token({}, { crit: ['b64'], b64: false })}`],
    ['another issuer than the key', `Bearer ${token({ iss: 'analytics' })}`],
    ['another audience', `Bearer ${token({ aud: 'media' })}`],
    ['several audiences', `Bearer ${token({ aud: ['media', 'profiles'] })}`],
    ['an expired one', `Bearer ${token({ iat: now() - 100, exp: now() - 40 })}`],
    ['one without an end', `Bearer ${token({ exp: undefined })}`],
    ['one that lives too long', `Bearer ${token({ exp: now() + 61 })}`],
    ['one from the future', `Bearer ${token({ iat: now() + 60, exp: now() + 90 })}`],
    ['a subject that is no id', `Bearer ${token({ sub: 'admin' })}`],
    ['a tampered one', `Bearer ${token().replace(/\.[^.]+\./, `.${encode(claims({ roles: ['operator'] }))}.`)}`],
  ])('refuses %s', async (_, authorization) => {
    const { status, body, headers } = await add(authorization)
    expect([status, body.code, headers['www-authenticate']]).toEqual([401, 'unauthenticated', 'Bearer'])
  })

  it('asks anonymous callers to log in where a member is needed', async () => {
    expect((await service.as().post('/v1/notes').send({ text: 'x' })).status).toBe(401)
    expect((await service.as().get(`/v1/notes/${randomUUID()}`)).status).toBe(200)
  })

  it('keeps internal calls to the services that they name, and public ones to the gateway', async () => {
    expect((await service.from('analytics').get('/internal/notes/count')).status).toBe(200)
    expect((await service.from('media').get('/internal/notes/count')).body.code).toBe('forbidden')
    expect((await service.as().get('/internal/notes/count')).body.code).toBe('forbidden')
    expect((await service.from('analytics').get(`/v1/notes/${randomUUID()}`)).body.code).toBe('forbidden')
  })

  it('closes handlers that nothing defines', async () => {
    expect((await supertest(service.url).get('/v1/oversight')).status).toBe(404)
    expect((await service.as(randomUUID()).get('/v1/oversight')).status).toBe(404)
  })

  it('asks for a role', async () => {
    const accountId = randomUUID()
    expect((await service.as({ accountId, roles: ['member'] }).delete('/v1/notes')).body.code).toBe('forbidden')
    expect((await service.as({ accountId, roles: ['operator'] }).delete('/v1/notes')).status).toBe(204)
  })

  it('takes over the request id of the gateway, and no strange one', async () => {
    const given = randomUUID()
    const path = `/v1/notes/${randomUUID()}`
    expect((await service.as().get(path).set('X-Request-Id', given)).headers['x-request-id']).toBe(given)
    expect((await supertest(service.url).get(path).set('X-Request-Id', given)).headers['x-request-id']).not.toBe(given)
    expect((await service.as().get(path).set('X-Request-Id', 'a b"')).headers['x-request-id']).toMatch(
      /^[0-9a-f-]{36}$/,
    )
  })
})

describe('a service that changes its key', () => {
  const next = es256('gateway')
  const { keys: published } = JSON.parse(keys().publicKeys) as { keys: { kid: string }[] }
  let service: TestService
  beforeAll(async () => {
    const environment = { INTERNAL_PUBLIC_KEYS: JSON.stringify({ keys: [...published, next.public] }) }
    service = await testService(TinyModule, ProfilesConfig, { environment })
  })
  afterAll(() => service.stop())

  it.each([
    ['its former key', 201, gatewayKey()],
    ['its next key', 201, parsePrivateKey(JSON.stringify(next.private)).key],
    ['a foreign key of its name', 401, foreign],
  ])('is answered by a service that knows both: a token by %s gets %i', async (_, status, key) => {
    const request = supertest(service.url).post('/v1/notes').send({ text: 'hello' })
    expect((await request.set('Authorization', `Bearer ${token({}, {}, key)}`)).status).toBe(status)
  })
})
