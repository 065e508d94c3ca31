import { media as mediaContracts } from '@mpics/contracts'
import { peer, type TestPeer, type TestService, on } from '@mpics/testing'
import { routes } from '../src/routes/routes.js'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { rawRequest } from './setup/raw-request.js'
import { OWNER, PHOTO, photo } from './setup/samples.js'

const HOST = 'Host: site\r\nConnection: close\r\n'
const { description: _d, tags: _t, place: _p, licence: _l, camera: _c, ...summary } = photo

let peers: TestPeer
let media: TestPeer
let service: TestService

beforeAll(async () => {
  peers = await others()
  media = await peer(
    on(mediaContracts.getPhoto, ({ params }) => ({ ...photo, id: params.id })),
    on(mediaContracts.listMyPhotos, () => ({ items: Array.from({ length: 40 }, () => summary), nextCursor: null })),
    on(mediaContracts.explorePhotos, ({ query }) => ({
      items: Array.from({ length: query.limit }, () => summary),
      nextCursor: query.cursor ? null : 'next+one',
    })),
  )
  service = await gateway(peers.url, { environment: { MEDIA_URL: media.url } })
})
afterAll(() => Promise.all([service, peers, media].map((one) => one.stop())))

const call = (path: string, init: RequestInit = {}) => fetch(new URL(path, service.url), init)
const raw = (...parts: (string | Buffer)[]) => rawRequest(service.url, ...parts)
const codeOf = (body: string) => (JSON.parse(body) as { code: string }).code

describe('methods (RFC 9110 §9)', () => {
  const filled = (path: string) => path.replace('{document}', 'privacy').replace(/\{\w+\}/g, PHOTO)
  const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
  const methodsAt = (path: string) =>
    routes.filter(({ api }) => patternOf(api.path).test(path)).map(({ api }): string => api.method)

  it('another method is 405 at each path of the API, which says the ones that it takes', async () => {
    for (const { api } of routes) {
      const own = methodsAt(filled(api.path))
      const other = ['DELETE', 'PUT', 'PATCH', 'POST', 'GET'].find((method) => !own.includes(method))!
      const answer = await call(filled(api.path), { method: other })
      const problem = (await answer.json()) as { code: string }
      expect({ path: api.path, other, status: answer.status, code: problem.code }).toEqual({
        path: api.path,
        other,
        status: 405,
        code: 'method-not-allowed',
      })
      const allowed = answer.headers.get('allow')!.split(', ')
      for (const method of own) expect(allowed).toContain(method)
      expect(allowed).not.toContain(other)
      expect(allowed.includes('HEAD')).toBe(allowed.includes('GET'))
    }
  })

  it.each([
    ['/', 'GET, HEAD, OPTIONS'],
    ['/explore?cursor=x', 'GET, HEAD, OPTIONS'],
    ['/expl%6Fre', 'GET, HEAD, OPTIONS'],
    ['/@ada', 'GET, HEAD, OPTIONS'],
    ['/%40ada', 'GET, HEAD, OPTIONS'],
    ['/assets/site.css', 'GET, HEAD, OPTIONS'],
    ['/reset-password', 'GET, HEAD, POST, OPTIONS'],
    ['/v1/sessions', 'GET, HEAD, POST, DELETE, OPTIONS'],
    [`/v1/photos/${PHOTO}`, 'GET, HEAD, PATCH, DELETE, OPTIONS'],
    ['/v1/page-views/noscript.gif', 'GET, HEAD, OPTIONS'],
  ])('OPTIONS %s is 204 with Allow, and lets no other site in', async (path, allow) => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const init of [{}, { headers }]) {
      const answer = await call(path, { method: 'OPTIONS', ...init })
      expect([answer.status, answer.headers.get('allow')]).toEqual([204, allow])
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(answer.headers.get('link')).toContain('privacy-policy')
    }
  })

  it('OPTIONS, too, finds nothing where nothing is; OPTIONS * finds the server', async () => {
    for (const path of ['/nothing', '/v1/photos/%00/x/y', '/v1%2Fme'])
      expect((await call(path, { method: 'OPTIONS' })).status).toBe(404)
    expect((await raw(`OPTIONS * HTTP/1.1\r\n${HOST}\r\n`)).status).toBe(204)
  })

  describe('where other sites may use the API', () => {
    let open: TestService
    beforeAll(async () => {
      open = await gateway(peers.url, { environment: { GATEWAY_CORS_ORIGINS: 'https://app.example' } })
    })
    afterAll(() => open.stop())

    const ask = (headers: Record<string, string>, path = '/v1/policies') =>
      fetch(new URL(path, open.url), { method: 'OPTIONS', headers })
    const preflightOf = (origin: string) => ask({ origin, 'access-control-request-method': 'GET' })

    it('preflights are answered by CORS, to those sites alone', async () => {
      const preflight = await preflightOf('https://app.example')
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
        204,
        'https://app.example',
      ])
      expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
      const stranger = await preflightOf('https://evil.example')
      expect([stranger.status, stranger.headers.get('access-control-allow-origin')]).toEqual([204, null])
    })

    it('other OPTIONS are answered as everywhere', async () => {
      const plain = await ask({})
      expect([plain.status, plain.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
      const nowhere = await ask({}, '/nothing')
      expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([
        404,
        expect.stringContaining('application/problem+json'),
      ])
    })
  })

  it.each(['TRACE', 'PROPFIND', 'QUERY', 'LINK', 'SEARCH'])('%s is known and taken nowhere', async (method) => {
    const answer = await raw(`${method} /v1/policies HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`)
    expect([answer.status, answer.headers['allow'], codeOf(answer.body)]).toEqual([
      405,
      'GET, HEAD, OPTIONS',
      'method-not-allowed',
    ])
  })

  it('CONNECT makes no tunnel', async () => {
    const answer = await raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')
    expect([answer.status, codeOf(answer.body)]).toEqual([405, 'method-not-allowed'])
    expect(answer.headers['allow']).toContain('GET')
  })

  it('HEAD says what GET would, without it', async () => {
    for (const path of ['/v1/policies', `/v1/photos/${PHOTO}`, '/explore', '/assets/site.css', '/openapi.json'])
      for (const coding of ['identity', 'gzip']) {
        const headers = { 'accept-encoding': coding }
        const [get, head] = [await call(path, { headers }), await call(path, { method: 'HEAD', headers })]
        const said = ({ headers: h }: Response) =>
          ['content-type', 'etag', 'vary', 'content-encoding', 'cache-control', 'allow'].map((name) => h.get(name))
        expect({ path, status: head.status, said: said(head) }).toEqual({ path, status: 200, said: said(get) })
        expect([await head.text(), (await get.text()).length > 0]).toEqual(['', true])
      }
  })
})

describe('what is no request that anybody could answer', () => {
  const long = 'x'.repeat(20_000)
  it.each<[string, string, number, string]>([
    ['no HTTP', 'hello\r\n\r\n', 400, 'request-malformed'],
    ['a method that nobody knows', `MAKE / HTTP/1.1\r\n${HOST}\r\n`, 400, 'request-malformed'],
    ['another version', `GET / HTTP/3.7\r\n${HOST}\r\n`, 400, 'request-malformed'],
    ['HTTP/2 at once', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'request-malformed'],
    ['a header without a name', `GET / HTTP/1.1\r\n${HOST}: x\r\n\r\n`, 400, 'request-malformed'],
    ['a folded header', `GET / HTTP/1.1\r\n${HOST}X-A: 1\r\n 2\r\n\r\n`, 400, 'request-malformed'],
    ['a blank before the colon', `GET / HTTP/1.1\r\n${HOST}X-A : 1\r\n\r\n`, 400, 'request-malformed'],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'request-malformed'],
    ['two hosts', `GET / HTTP/1.1\r\n${HOST}Host: other\r\n\r\n`, 400, 'request-malformed'],
    [
      'bytes of no ASCII in the address',
      `GET /explore?q=m\u00fcller HTTP/1.1\r\n${HOST}\r\n`,
      400,
      'request-malformed',
    ],
    ['a length that is none', `POST / HTTP/1.1\r\n${HOST}Content-Length: 1x\r\n\r\n`, 400, 'request-malformed'],
    [
      'two lengths',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
      'request-malformed',
    ],
    [
      'a length and chunks',
      `POST /v1/sessions HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'request-malformed',
    ],
    [
      'an unknown transfer coding',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip\r\n\r\n`,
      400,
      'request-malformed',
    ],
    [
      'a chunk without a size',
      `POST /v1/page-views HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
      'request-malformed',
    ],
    [
      'a chunk with an endless extension',
      `POST /v1/page-views HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1;a=${long}\r\nx\r\n0\r\n\r\n`,
      413,
      'too-large',
    ],
    ['an endless address', `GET /${long} HTTP/1.1\r\n${HOST}\r\n`, 414, 'address-too-long'],
    ['a long address', `GET /?${'x'.repeat(9_000)} HTTP/1.1\r\n${HOST}\r\n`, 414, 'address-too-long'],
    ['another expectation', `GET / HTTP/1.1\r\n${HOST}Expect: the-impossible\r\n\r\n`, 417, 'expectation-failed'],
    ['endless headers', `GET / HTTP/1.1\r\n${HOST}X-A: ${long}\r\n\r\n`, 431, 'headers-too-large'],
    ['a bad escape in the address', `GET /%ff HTTP/1.1\r\n${HOST}\r\n`, 404, 'not-found'],
    ['an endless name', `GET /v1/profiles/${'x'.repeat(600)} HTTP/1.1\r\n${HOST}\r\n`, 404, 'not-found'],
  ])('%s is answered with a problem as everything else is', async (_, text, status, code) => {
    const answer = await raw(Buffer.from(text, 'latin1'))
    const problem = JSON.parse(answer.body) as { code: string; status: number; instance: string }
    expect([answer.status, problem.status, problem.code]).toEqual([status, status, code])
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'cache-control': 'no-store',
      'x-request-id': problem.instance.slice('urn:uuid:'.length),
      'x-content-type-options': 'nosniff',
      link: expect.stringMatching(/privacy-policy.*terms-of-service/),
    })
    expect(answer.body).not.toContain('xxxx')
  })

  it('what comes too slowly is 408', async () => {
    const { server } = service.app.getHttpAdapter().getInstance() as { server: { headersTimeout: number } }
    const { headersTimeout } = server
    server.headersTimeout = 1_000
    try {
      const answer = await raw('GET / HTTP/1.1\r\nX-Slow: ')
      expect([answer.status, codeOf(answer.body)]).toEqual([408, 'request-timeout'])
    } finally {
      server.headersTimeout = headersTimeout
    }
  })

  it('the second of two requests is refused without a word of the first', async () => {
    const answer = await raw(`GET /robots.txt HTTP/1.1\r\nHost: site\r\n\r\nnonsense\r\n\r\n`)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatch(/^User-agent.*HTTP\/1\.1 400 .*"code":"request-malformed"/s)
  })

  it('100-continue is met, an expectation of HTTP/1.0 is not looked at, and no host is no fault there', async () => {
    const view = '{"page":"/nothing"}'
    const head = `POST /v1/page-views HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: ${view.length}\r\n`
    const answer = await raw(`${head}Expect: 100-continue\r\n\r\n`, view)
    expect([answer.status, answer.body]).toEqual([100, expect.stringMatching(/^HTTP\/1\.1 404 .*page-not-found/s)])
    expect((await raw('GET /robots.txt HTTP/1.0\r\nExpect: anything\r\n\r\n')).status).toBe(200)
  })

  it('counts them by status alone', async () => {
    const { Metrics } = await import('@mpics/service-kit')
    expect(await service.get(Metrics).registry.metrics()).toMatch(/http_unread_requests_total\{status="431"\} \d/)
  })
})

describe('addresses and bodies', () => {
  it('the whole address may be sent, and its page counts', async () => {
    const answer = await raw(`GET http://site/robots.txt?x HTTP/1.1\r\n${HOST}\r\n`)
    expect(answer.status).toBe(200)
    const allowed = await raw(`POST http://site/robots.txt HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`)
    expect([allowed.status, allowed.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })

  it.each([
    ['JSON in Latin-1', 'application/json', Buffer.from('{"page":"/\u00fc"}', 'latin1'), 400, 'body-malformed'],
    [
      'JSON that says so',
      'application/json; charset=iso-8859-1',
      Buffer.from('{"page":"/\u00fc"}', 'latin1'),
      400,
      'body-malformed',
    ],
    ['JSON in UTF-16', 'application/json', Buffer.from('{"page":"/\u00fc"}', 'utf16le'), 400, 'body-malformed'],
    ['half a character', 'application/json', Buffer.from('{"page":"/\\ud83d"}'), 422, 'input-invalid'],
    ['the other half', 'application/json', Buffer.from('{"page":"/","referrer":"\\ude00 x"}'), 422, 'input-invalid'],
    ['half a character in a name', 'application/json', Buffer.from('{"page":"/","\\ud83d":1}'), 422, 'input-invalid'],
    [
      'bytes of a surrogate',
      'application/json',
      Buffer.from('7b2270616765223a222feda0bd227d', 'hex'),
      400,
      'body-malformed',
    ],
  ])('%s is refused', async (_, type, body, status, code) => {
    const answer = await call('/v1/page-views', { method: 'POST', headers: { 'content-type': type }, body })
    expect([answer.status, codeOf(await answer.text())]).toEqual([status, code])
  })

  it('a compressed body is not read', async () => {
    const send = (coding: string) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': coding }
      return call('/v1/page-views', { method: 'POST', headers, body: '{"page":"/"}' })
    }
    const answer = await send('gzip')
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity'])
    expect(codeOf(await answer.text())).toBe('content-coding-unsupported')
    expect((await send('identity')).status).not.toBe(415)
  })

  it('a form is refused whose bytes or escapes are no UTF-8, and read where they are', async () => {
    const post = async (body: Buffer | string) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
      return (await call('/reset-password/mail', { method: 'POST', headers, body })).status
    }
    for (const body of ['email=%FC', 'email=%ED%A0%BD', 'email=%C3&x=%BC', Buffer.from('email=\u00fc', 'latin1')])
      expect(await post(body)).toBe(400)
    expect(await post('email=%C3%BC')).not.toBe(400)
    expect(await post('email=100%')).not.toBe(400)
  })
})

describe('conditions (RFC 9110 §13)', () => {
  const tagOf = async (path: string, headers: Record<string, string> = {}) =>
    (await call(path, { headers })).headers.get('etag')!

  it.each(['/v1/explore/photos?limit=2', `/v1/photos/${PHOTO}`, '/explore', '/openapi.json'])(
    '%s is sent again only where it changed',
    async (path) => {
      const plain = { 'accept-encoding': 'identity' }
      const tag = await tagOf(path, plain)
      const status = async (headers: Record<string, string>) =>
        (await call(path, { headers: { ...plain, ...headers } })).status
      const opaque = tag.replace(/^W\//, '')
      for (const known of [tag, opaque, `W/${opaque}`, `"other", ${tag}`, `"a,b",${tag}`, '*'])
        expect(await status({ 'if-none-match': known })).toBe(304)
      for (const other of ['"other"', opaque.replaceAll('"', ''), `${opaque.slice(0, -1)}x"`])
        expect(await status({ 'if-none-match': other })).toBe(200)
      expect(await status({ 'if-match': '"other"' })).toBe(412)
      for (const same of [tag, '*', `"other", ${tag}`]) expect(await status({ 'if-match': same })).toBe(200)
      expect(await status({ 'if-match': '"other"', 'if-none-match': tag })).toBe(412)
      const undated = {
        'if-modified-since': new Date().toUTCString(),
        'if-unmodified-since': new Date(0).toUTCString(),
      }
      expect(await status(undated)).toBe(200)
    },
  )

  it('a 304 says what the answer would, and holds nothing', async () => {
    for (const path of ['/v1/explore/photos', `/v1/photos/${PHOTO}`, '/explore', '/assets/site.css']) {
      const full = await call(path)
      // fetch would ask for no-cache otherwise, and files heed it
      const headers = { 'if-none-match': full.headers.get('etag')!, 'cache-control': 'max-age=0' }
      const known = await call(path, { headers })
      expect([path, known.status, await known.text(), known.headers.get('content-length')]).toEqual([
        path,
        304,
        '',
        null,
      ])
      for (const name of ['etag', 'cache-control', 'vary'])
        expect([path, name, known.headers.get(name)]).toEqual([path, name, full.headers.get(name)])
    }
  })

  it('what takes a token is never tagged', async () => {
    expect(await tagOf('/reset-password?token=secret')).toBeNull()
  })

  it('no condition makes an answer of a refusal', async () => {
    const headers = { 'if-none-match': '*', 'if-match': '"x"' }
    expect((await call('/v1/me', { headers })).status).toBe(401)
    expect((await call('/nothing', { headers })).status).toBe(404)
  })

  it('a part of a file may be asked for, and the whole is an answer to that', async () => {
    const answer = await call('/assets/site.css', { headers: { range: 'bytes=0-9' } })
    expect([answer.status, answer.headers.get('accept-ranges'), answer.headers.get('content-range')]).toEqual([
      200,
      null,
      null,
    ])
    expect((await call('/v1/policies', { headers: { range: 'bytes=0-9' } })).status).toBe(200)
  })
})

describe('content codings', () => {
  const raw = async (path: string, coding: string, init: RequestInit = {}) => {
    const { get } = await import('node:http')
    const { promise, resolve } = Promise.withResolvers<{
      coding?: string
      vary?: string
      etag?: string
      bytes: Buffer
    }>()
    const headers = { 'accept-encoding': coding, ...(init.headers as Record<string, string>) }
    get(new URL(path, service.url), { headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const { 'content-encoding': given, vary, etag } = answer.headers
        resolve({ coding: given, vary, etag, bytes: Buffer.concat(chunks) })
      })
    })
    return promise
  }

  it.each([
    '/',
    '/explore',
    '/privacy/cookies',
    '/v1/explore/photos?limit=40',
    '/openapi.json',
    '/docs/assets/swagger-ui.css',
    '/assets/site.css',
  ])('%s is shorter for who reads gzip or brotli, and the same', async (path) => {
    const { brotliDecompressSync, gunzipSync } = await import('node:zlib')
    const plain = await raw(path, 'identity')
    expect([plain.coding, plain.vary]).toEqual([undefined, expect.stringContaining('Accept-Encoding')])
    for (const [accepted, coding, read] of [
      ['gzip', 'gzip', gunzipSync],
      ['gzip, deflate, br', 'br', brotliDecompressSync],
    ] as const)
      for (const round of ['made', 'kept']) {
        const coded = await raw(path, accepted)
        expect([round, coded.coding, coded.vary]).toEqual([round, coding, expect.stringContaining('Accept-Encoding')])
        expect(coded.bytes.length).toBeLessThan(plain.bytes.length / 1.5)
        expect(read(coded.bytes).equals(plain.bytes)).toBe(true)
      }
  })

  it('strong tags tell codings apart, and each is known again', async () => {
    const path = '/v1/explore/photos?limit=40'
    const [plain, coded] = [await raw(path, 'identity'), await raw(path, 'gzip')]
    expect(coded.etag).toBe(plain.etag!.startsWith('W/') ? plain.etag : plain.etag!.replace(/"$/, '+gzip"'))
    for (const [tag, coding] of [
      [plain.etag!, 'identity'],
      [coded.etag!, 'gzip'],
    ]) {
      const known = await call(path, { headers: { 'if-none-match': tag!, 'accept-encoding': coding! } })
      expect([known.status, known.headers.get('etag')]).toEqual([304, tag])
      expect(known.headers.get('vary')).toContain('Accept-Encoding')
    }
  })

  it('If-Match, too, knows the tag of a coded answer', async () => {
    media.answer(mediaContracts.getPhoto, ({ params }) => ({
      ...photo,
      id: params.id,
      description: 'long '.repeat(300),
    }))
    const path = `/v1/photos/${PHOTO}`
    const { etag, coding } = await raw(path, 'br')
    expect([coding, etag]).toEqual(['br', expect.any(String)])
    expect((await call(path, { headers: { 'if-match': etag!, 'accept-encoding': 'br' } })).status).toBe(200)
  })

  it('what may hold a secret is never compressed: answers to changes, one’s own data, pages that take a token, problems', async () => {
    const own = { headers: { authorization: `Bearer ${await accessToken({ sub: OWNER })}` } }
    expect(await raw('/v1/me/photos', 'gzip, br', own)).toMatchObject({ coding: undefined, vary: undefined })
    expect((await raw('/v1/explore/photos?limit=40', 'gzip, br', own)).coding).toBeUndefined()
    expect((await raw(`/reset-password?token=${'x'.repeat(2_000)}`, 'gzip, br')).coding).toBeUndefined()
    expect((await raw('/nothing', 'gzip, br')).coding).toBeUndefined()
    const logIn = await call('/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip, br' },
      body: JSON.stringify({ login: 'ada', password: 'a long password' }),
    })
    expect([logIn.status, logIn.headers.get('content-encoding')]).toEqual([201, null])
  })

  it('what is short, or refused by the client, stays as it is', async () => {
    expect((await raw('/robots.txt', 'gzip, br')).coding).toBeUndefined()
    for (const refused of ['', 'gzip;q=0', 'identity, gzip;q=0.5', 'zstd'])
      expect((await raw('/openapi.json', refused)).coding).toBeUndefined()
  })
})

describe('lists', () => {
  it('link their next page, and the last one links none', async () => {
    const first = await call('/v1/explore/photos?limit=2&tag=sea')
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]!
    expect(next).toBe('/v1/explore/photos?limit=2&tag=sea&cursor=next%2Bone')
    const last = await call(next)
    expect([last.status, media.calls(mediaContracts.explorePhotos).at(-1)!.query]).toEqual([
      200,
      expect.objectContaining({ limit: 2, tag: 'sea', cursor: 'next+one' }),
    ])
    expect(last.headers.get('link')).not.toContain('rel="next"')
  })
})
