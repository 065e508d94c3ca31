import { Writable } from 'node:stream'
import { createLogger } from '@mpics/service-kit'
import type { TestPeer, TestService } from '@mpics/testing'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { recordingService } from './setup/recording-service.js'

type Recording = Awaited<ReturnType<typeof recordingService>>

describe('the edge', () => {
  let peers: TestPeer
  let media: Recording
  let service: TestService
  let logged = ''

  beforeAll(async () => {
    peers = await others()
    media = await recordingService(({ headers }) => ({
      ...(headers.range && { status: 206 }),
      ...(headers['if-none-match'] && { status: 304 }),
      headers: {
        'content-type': 'application/json',
        'set-cookie': ['tracker=1', 'mprefresh=stolen'],
        'x-powered-by': 'Nest',
        'content-security-policy': 'default-src *',
      },
      body: '{}',
    }))
    const log = new Writable({ write: (chunk: Buffer, _, done) => ((logged += chunk.toString()), done()) })
    service = await gateway(peers.url, {
      environment: { MEDIA_URL: media.url, NOTIFICATIONS_URL: 'http://127.0.0.1:9', GATEWAY_LIMIT_UPLOAD: '3' },
      logger: createLogger('gateway', 'trace', log),
    })
  })
  afterAll(() => Promise.all([service.stop(), peers.stop(), media.stop()]))

  const call = (path: string, init: RequestInit = {}) => fetch(new URL(path, service.url), init)
  const asMember = async () => ({ authorization: `Bearer ${await accessToken()}` })
  const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]
  const patch = async (body: RequestInit['body'], headers: Record<string, string> = {}) =>
    call('/v1/photos/01931f3e-0000-7000-8000-000000000101', {
      method: 'PATCH',
      headers: { ...(await asMember()), 'content-type': 'application/json', ...headers },
      body,
    })

  it('drops every claim of a client about who and where it is', async () => {
    const claims = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=6.6.6.6',
      'x-request-id': 'claimed-by-client',
      'x-client-country': 'XX',
      'x-account-id': 'root',
      'x-internal-token': 'x',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }
    const answer = await patch('{"title":"x"}', claims)
    const { headers, body } = media.last()
    expect(body.toString()).toBe('{"title":"x"}')
    for (const name of Object.keys(claims)) if (name !== 'x-request-id') expect(headers[name]).toBeUndefined()
    expect(headers.authorization).not.toContain(String((await asMember()).authorization.slice(0, 60)))
    expect(headers['x-request-id']).toBe(answer.headers.get('x-request-id'))
    expect(headers['x-request-id']).not.toBe('claimed-by-client')
  })

  it('says the same of itself in every answer: policies, security, a fresh id', async () => {
    for (const path of [
      '/v1/policies',
      '/v1/photos/x/y/z',
      '/internal/links',
      '/',
      '/robots.txt',
      '/assets/site.css',
    ]) {
      const { headers } = await call(path)
      expect({ path, link: headers.get('link') }).toEqual({
        path,
        link: expect.stringMatching(
          /<\/policies\/privacy\?version=2015-03-14>; rel="privacy-policy".*<\/policies\/terms\?version=2015-03-14>; rel="terms-of-service"/,
        ),
      })
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  it('B34 lets partners’ cookies neither in nor out nor into the logs', async () => {
    const from = logged.length
    const answer = await patch('{}', { cookie: '__gads=ID=CANARYGADS; IDE=CANARYDART; mprefresh=CANARYOWN' })
    await call('/', { headers: { cookie: '__gads=ID=CANARYGADS' } })
    expect(media.last().headers.cookie).toBeUndefined()
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('content-security-policy')).not.toContain('*')
    expect(JSON.stringify(media.received)).not.toContain('CANARY')
    expect(logged.length).toBeGreaterThan(from)
    expect(logged).not.toContain('CANARY')
  })

  it.each([
    ['/internal/mail-recipients', 'POST'],
    ['/internal/photos/01931f3e-0000-7000-8000-000000000101/page', 'GET'],
    ['/v1/photos/..%2f..%2finternal%2flinks/large', 'GET'],
    ['/v1/profiles/%2e%2e/followers', 'GET'],
    ['/v1/profiles/..%5cinternal/followers', 'GET'],
    ['//internal/links', 'GET'],
    ['/v1//internal/links', 'GET'],
    ['/v1/photos/%00/large', 'TRACE'],
    ['/metrics', 'GET'],
    ['/readyz', 'GET'],
  ])('%s (%s) leads nowhere', async (path, method) => {
    const before = media.received.length
    const answer = await raw(path, method)
    expect(answer).toMatch(/^HTTP\/1\.1 (400|404|405)/)
    expect(media.received.filter(({ url }) => url.includes('internal')).length).toBe(0)
    expect(media.received.length).toBe(before)
  })

  it('refuses what another site’s page asks for, forms included', async () => {
    const attempts = [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const headers of attempts)
      for (const path of ['/v1/page-views', '/v1/sessions', '/v1/sessions/refresh', '/reset-password/mail'])
        expect(await codeOf(await call(path, { method: 'POST', headers, body: 'a=b' }))).toEqual([
          403,
          'gateway.cross-site',
        ])
  })

  it('refuses bodies that are too large or too deep before any service sees them', async () => {
    const before = media.received.length
    expect(await codeOf(await patch(JSON.stringify({ title: 'x'.repeat(70_000) })))).toEqual([413, 'too-large'])
    expect(await codeOf(await patch('x'.repeat(400_000)))).toEqual([413, 'too-large'])
    expect(await codeOf(await patch('['.repeat(50_000)))).toEqual([400, 'body-malformed'])
    expect(media.received.length).toBe(before)
  })

  it('streams an upload, and stops one that is too long even if it does not say how long it is', async () => {
    const upload = async (body: RequestInit['body'], headers: Record<string, string> = {}) =>
      call('/v1/photos', {
        method: 'POST',
        headers: { ...(await asMember()), 'content-type': 'multipart/form-data; boundary=x', ...headers },
        body,
        duplex: 'half',
      })
    const content = Buffer.alloc(5_000_000, 'a')
    expect((await upload(content)).status).toBe(200)
    expect(media.last().body.equals(content)).toBe(true)
    expect(media.last().headers['content-type']).toBe('multipart/form-data; boundary=x')
    const before = media.received.length
    const tooLong = ReadableStream.from(Array.from({ length: 60 }, () => Buffer.alloc(1_000_000)))
    const refused = await upload(tooLong).then(codeOf, () => 'connection closed')
    expect([JSON.stringify([413, 'too-large']), '"connection closed"']).toContain(JSON.stringify(refused))
    expect(media.received.length).toBe(before)
  })

  it('passes on ranges, conditions and HEAD, and what was answered to them', async () => {
    const rendition = '/v1/photos/01931f3e-0000-7000-8000-000000000101/large?v=1'
    const part = await call(rendition, { headers: { range: 'bytes=0-9' } })
    expect([part.status, media.last().headers.range, media.last().url]).toEqual([206, 'bytes=0-9', rendition])
    const known = await call(rendition, { headers: { 'if-none-match': '"x"' } })
    expect([known.status, await known.text()]).toEqual([304, ''])
    const head = await call(rendition, { method: 'HEAD' })
    expect([head.status, media.last().method, await head.text()]).toEqual([200, 'HEAD', ''])
  })

  it('answers what cannot be read as an address', async () => {
    for (const path of ['/%ff', '/v1/photos/%zz/large', `/${'x'.repeat(20_000)}`])
      expect(await raw(path, 'GET')).toMatch(/^HTTP\/1\.1 (400|404|414|431) /)
  })

  it('lets no script of another site read answers', async () => {
    const answer = await call('/v1/policies', { headers: { origin: 'https://evil.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    const asked = await call('/v1/policies', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, null])
  })

  it('answers 503 at once when a service is away, and says when to come back', async () => {
    const answer = await call('/v1/me/mails', { headers: await asMember() })
    expect(answer.headers.get('retry-after')).toBeTruthy()
    expect(await codeOf(answer)).toEqual([503, 'unavailable'])
  })

  it('B50.1 limits each account and address, and says so in headers', async () => {
    const headers = { ...(await asMember()), 'content-type': 'multipart/form-data; boundary=x' }
    const upload = () => call('/v1/photos', { method: 'POST', headers, body: 'x' })
    const answers = [await upload(), await upload(), await upload(), await upload()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    const last = answers[3]!
    expect(last.headers.get('ratelimit-limit')).toBe('3')
    expect(last.headers.get('ratelimit-remaining')).toBe('0')
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await codeOf(last)).toEqual([429, 'rate-limited'])
    const other = { ...(await asMember()), 'content-type': 'multipart/form-data; boundary=x' }
    expect((await call('/v1/photos', { method: 'POST', headers: other, body: 'x' })).status).toBe(200)
  })

  it('B08 asks for a log-in before it asks a service', async () => {
    const before = media.received.length
    expect(await codeOf(await call('/v1/photos', { method: 'POST', body: 'x' }))).toEqual([401, 'unauthenticated'])
    expect(media.received.length).toBe(before)
  })

  /** As written, without the tidying that fetch does. */
  async function raw(path: string, method: string): Promise<string> {
    const { connect } = await import('node:net')
    const { port } = new URL(service.url)
    return new Promise((resolve, reject) => {
      let text = ''
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`),
      )
      socket.on('data', (chunk) => (text += chunk.toString()))
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
    })
  }
})
