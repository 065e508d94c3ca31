import { createHmac, createPublicKey, randomUUID } from 'node:crypto'
import { identity, NOBODY } from '@mpics/contracts'
import { createApp, droppedBy, Health, Invalidation, listen } from '@mpics/service-kit'
import { es256, eventually, keys, type TestPeer, type TestService } from '@mpics/testing'
import { GatewayConfig } from '../src/config.js'
import { GatewayModule } from '../src/gateway.module.js'
import { accessToken, now, publishedKey } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'

describe('access tokens at the edge', () => {
  let peers: TestPeer
  let service: TestService

  beforeAll(async () => {
    peers = await others()
    service = await gateway(peers.url)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  const me = (authorization?: string) =>
    fetch(new URL('/v1/me', service.url), { headers: authorization ? { authorization } : {} })
  const status = async (token: string) => (await me(`Bearer ${token}`)).status
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

  it('lets a good one through, and says who it is in a token for one service', async () => {
    const answer = await me(`Bearer ${await accessToken()}`)
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ handle: 'ada' })])
  })

  it.each<[string, () => Promise<string> | string]>([
    ['nothing', () => ''],
    ['three words', () => 'not.a.token'],
    ['wrong issuer', () => accessToken({ iss: 'https://evil.example' })],
    ['no issuer', () => accessToken({ iss: undefined })],
    ['wrong audience', () => accessToken({ aud: 'identity' })],
    ['several audiences', () => accessToken({ aud: ['mpics', 'identity'] })],
    ['no audience', () => accessToken({ aud: undefined })],
    ['wrong type', () => accessToken({}, { typ: 'JWT' })],
    ['no type', () => accessToken({}, { typ: undefined })],
    ['expired', () => accessToken({ iat: now() - 700, exp: now() - 100 })],
    ['expired ten seconds ago', () => accessToken({ iat: now() - 610, exp: now() - 10 })],
    ['never expiring', () => accessToken({ exp: undefined })],
    ['living too long', () => accessToken({ exp: now() + 86_400 })],
    ['of the future', () => accessToken({ iat: now() + 100, exp: now() + 200 })],
    ['not yet good', () => accessToken({ nbf: now() + 100 })],
    ['no subject', () => accessToken({ sub: undefined })],
    ['a subject that is no id', () => accessToken({ sub: '../root' })],
    ['an operator as subject', () => accessToken({ sub: { $gt: '' } as never })],
    ['no session', () => accessToken({ sid: undefined })],
    ['roles that are no list', () => accessToken({ roles: 'operator' })],
    ['no key id', () => accessToken({}, { kid: undefined })],
    ['unknown key id', () => accessToken({}, { kid: 'signing-2' })],
    ['key id that climbs', () => accessToken({}, { kid: '../../../dev/null' })],
    ['key id with SQL', () => accessToken({}, { kid: "' OR 1=1 --" })],
    ['key id __proto__', () => accessToken({}, { kid: '__proto__' })],
    ['key in the header', () => accessToken({}, { jwk: es256('signing-1').public })],
    ['address of keys in the header', () => accessToken({}, { jku: 'https://evil.example/jwks.json' })],
    ['certificate address in the header', () => accessToken({}, { x5u: 'https://evil.example/x' })],
    ['critical extension', () => accessToken({}, { crit: ['b64'], b64: true })],
    ['another key under the same id', () => accessToken({}, {}, es256('signing-1').private)],
    [
      'no algorithm',
      async () => `${encode({ alg: 'none', typ: 'at+jwt', kid: 'signing-1' })}.${(await accessToken()).split('.')[1]}.`,
    ],
    ['no signature', async () => (await accessToken()).replace(/[^.]+$/, '')],
    ['cut signature', async () => (await accessToken()).slice(0, -4)],
    ['cut in the middle', async () => (await accessToken()).slice(0, 120)],
    [
      'other claims under the signature',
      async () => {
        const [header, , signature] = (await accessToken()).split('.')
        return `${header}.${encode({ sub: randomUUID(), exp: now() + 600 })}.${signature}`
      },
    ],
    [
      'the public key as an HMAC secret',
      async () => {
        const pem = createPublicKey({ key: publishedKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
        const head = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'signing-1' })}.${(await accessToken()).split('.')[1]}`
        return `${head}.${createHmac('sha256', pem).update(head).digest('base64url')}`
      },
    ],
    [
      'signature of zeros',
      async () => `${(await accessToken()).split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
    ],
    [
      'doubled claims',
      async () => {
        const [header, , signature] = (await accessToken()).split('.')
        const twice = `{"sub":"${randomUUID()}","sub":"${randomUUID()}","exp":${now() + 600}}`
        return `${header}.${Buffer.from(twice).toString('base64url')}.${signature}`
      },
    ],
    [
      'internal token of the gateway',
      () =>
        keys()
          .tokensOf('gateway')
          .tokenFor('identity', { accountId: randomUUID(), sessionId: randomUUID(), roles: [] }),
    ],
    ['internal token of a service', () => keys().tokensOf('media').tokenFor('gateway')],
    ['over-long', () => accessToken({ roles: Array(400).fill('member') })],
  ])('refuses %s', async (_, make) => {
    const token = await make()
    const answer = await me(`Bearer ${token}`)
    expect([
      answer.status,
      answer.headers.get('www-authenticate'),
      ((await answer.json()) as { code: string }).code,
    ]).toEqual([401, 'Bearer error="invalid_token"', 'unauthenticated'])
  })

  it('refuses a bad token where none is needed too, and other ways to log in', async () => {
    const explore = await fetch(new URL('/v1/policies', service.url), { headers: { authorization: 'Bearer nonsense' } })
    expect(explore.status).toBe(401)
    expect((await me(`Basic ${Buffer.from('ada:secret').toString('base64')}`)).status).toBe(401)
    expect((await me()).status).toBe(401)
  })

  it('takes a token only alone and in its one spelling, and remembers no other text', async () => {
    const token = await accessToken()
    const spare = String.fromCharCode(token.charCodeAt(token.length - 1) + 1)
    for (const header of [`Bearer ${token} junk`, `Bearer ${token}\tjunk`, `Bearer ${token.slice(0, -1)}${spare}`])
      for (let i = 0; i < 2; i++) expect((await me(header)).status).toBe(401)
    expect(await status(token)).toBe(200)
    for (let i = 0; i < 2; i++) expect((await me(`Bearer ${token} junk`)).status).toBe(401)
  })

  it('takes and refuses a token that was good as it did before it knew it', async () => {
    const sid = randomUUID()
    const spellings = (token: string) => [
      `bearer ${token}`,
      `Bearer  ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token} `,
      `Bearer ${token}.x`,
      token,
    ]
    const statuses = async (tokenOf: () => Promise<string> | string) => {
      const seen: number[] = []
      for (const n of spellings('').keys()) seen.push((await me(spellings(await tokenOf())[n])).status)
      return seen
    }
    const known = await accessToken({ sid })
    expect(await status(known)).toBe(200)
    expect(await statuses(() => accessToken({ sid }))).toEqual([200, 200, 401, 200, 401, 401])
    expect(await statuses(() => known)).toEqual([200, 200, 401, 200, 401, 401])
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    await service.publish(identity.sessionRevoked.of({ accountId: randomUUID(), sessionId: sid, expiresAt }))
    await eventually(async () => (await status(known)) === 401)
    expect(new Set(await statuses(() => known))).toEqual(new Set([401]))
  })

  it('refuses a token that was good as soon as it has expired', async () => {
    const token = await accessToken({ exp: now() + 3 })
    expect(await status(token)).toBe(200)
    await eventually(async () => (await status(token)) === 401)
    expect((await me(`bearer ${token}`)).status).toBe(401)
  })

  it('B49 ends signed links with the session that they were given to', async () => {
    const session = randomUUID()
    const link = `/v1/photos/01931f3e-0000-7000-8000-000000000101/thumb?v=1&session=${session}`
    const look = async (headers: Record<string, string> = {}) => {
      const answer = await fetch(new URL(link, service.url), { headers })
      return [answer.status, ((await answer.json()) as { code?: string }).code]
    }
    const before = await look()
    expect(before).not.toEqual([403, 'media.link-expired'])
    const left = await fetch(new URL('/v1/sessions/current', service.url), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await accessToken({ sid: session })}` },
    })
    expect([left.status, await look()]).toEqual([204, [403, 'media.link-expired']])
    expect(await look({ authorization: `Bearer ${await accessToken()}` })).toEqual(before)
  })

  it('B49.1 refuses the token of a session that ended by what Kafka says', async () => {
    const sid = randomUUID()
    const token = await accessToken({ sid })
    expect(await status(token)).toBe(200)
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    await service.publish(identity.sessionRevoked.of({ accountId: randomUUID(), sessionId: sid, expiresAt }))
    await eventually(async () => (await status(token)) === 401)
    expect(peers.calls(identity.revokedSessions)).toEqual([])
  })

  it('B49.1 refuses the token at once after its own log-off', async () => {
    const token = await accessToken()
    const left = await fetch(new URL('/v1/sessions/current', service.url), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
    expect([left.status, await status(token)]).toEqual([204, 401])
  })

  it('drops from a cache what an event makes stale, once the event is heard', async () => {
    const sessionId = randomUUID()
    const cache = service.get(Invalidation).cache<string>({
      name: 'of this test',
      maxBytes: 10_000,
      ttlMs: 600_000,
      droppedBy: [droppedBy(identity.sessionRevoked, ({ data }) => [data.sessionId])],
    })
    cache.set('stale', 'value', [sessionId])
    cache.set('fresh', 'value', [randomUUID()])
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    await service.publish(identity.sessionRevoked.of({ accountId: randomUUID(), sessionId, expiresAt }))
    await eventually(() => cache.get('stale') === undefined)
    expect(cache.get('fresh')).toBe('value')
  })

  it('B49 knows of sessions that ended before it started', async () => {
    const sid = randomUUID()
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    await service.publish(identity.sessionRevoked.of({ accountId: randomUUID(), sessionId: sid, expiresAt }))
    const second = await createApp(GatewayModule, new GatewayConfig(service.environment))
    const url = await listen(second, 0, '127.0.0.1')
    await eventually(async () => (await second.get(Health).ready()).ok)
    const answer = await fetch(new URL('/v1/me', url), {
      headers: { authorization: `Bearer ${await accessToken({ sid })}` },
    })
    await second.close()
    expect(answer.status).toBe(401)
  })

  it('B49 knows of a session whose end, cut to the hour, is told of 69 minutes ago', async () => {
    const sid = randomUUID()
    const { type, data } = identity.sessionRevoked.of({
      accountId: NOBODY,
      sessionId: sid,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
    const headers = { ce_type: type, ce_id: randomUUID() }
    const timestamp = String(Date.now() - 69 * 60_000)
    await service.publishRecords('identity.session', [{ key: sid, value: JSON.stringify(data), headers, timestamp }])
    const late = await createApp(GatewayModule, new GatewayConfig(service.environment))
    const url = await listen(late, 0, '127.0.0.1')
    await eventually(async () => (await late.get(Health).ready()).ok)
    const authorization = `Bearer ${await accessToken({ sid })}`
    const answer = await fetch(new URL('/v1/me', url), { headers: { authorization } })
    await late.close()
    expect(answer.status).toBe(401)
  })
})
