import { media as mediaContracts } from '@mpics/contracts'
import { eventually } from '@mpics/testing'
import { gateway } from './setup/gateway.js'
import { codeOf, rawRequest } from './setup/raw-request.js'
import { PHOTO, photo } from './setup/samples.js'
import { siteOfPhotos } from './setup/site.js'
import { stoppedAfterEach } from './setup/stopped-after-each.js'

const HOST = 'Host: site\r\nConnection: close\r\n'

const site = siteOfPhotos()
const keep = stoppedAfterEach()
const { call, raw } = site

describe('what is no request that anybody could answer', () => {
  const long = 'x'.repeat(20_000)
  const OF_ONE_ANSWER = new Set([
    'connection',
    'content-length',
    'date',
    'keep-alive',
    'transfer-encoding',
    'x-request-id',
  ])
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

  it('has the headers of every other answer, the promise of TLS included', async () => {
    const secure = keep(await gateway(site.peers.url, { environment: { PUBLIC_URL: 'https://site.example' } }))
    const ordinary = await fetch(new URL('/nothing', secure.url))
    for (const text of ['hello\r\n\r\n', `GET /%ff HTTP/1.1\r\n${HOST}\r\n`]) {
      const { headers } = await rawRequest(secure.url, text)
      for (const [name, value] of ordinary.headers)
        if (!OF_ONE_ANSWER.has(name)) expect([name, headers[name]]).toEqual([name, value])
      expect(headers['strict-transport-security']).toContain('max-age=')
    }
  })

  it('what comes too slowly is 408', async () => {
    const { server } = site.service.app.getHttpAdapter().getInstance() as { server: { headersTimeout: number } }
    const { headersTimeout } = server
    server.headersTimeout = 1_000
    try {
      const answer = await raw('GET / HTTP/1.1\r\nX-Slow: ')
      expect([answer.status, codeOf(answer.body)]).toEqual([408, 'request-timeout'])
    } finally {
      server.headersTimeout = headersTimeout
    }
  })

  it.each([
    ['nonsense\r\n\r\n', 400, 'request-malformed'],
    ['CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n', 405, 'method-not-allowed'],
  ])('the second of two requests is refused without a word of the first: %j', async (second, status, code) => {
    const first = `GET /v1/photos/${PHOTO} HTTP/1.1\r\nHost: site\r\n\r\n`
    const { promise: asked, resolve: answerIt } = Promise.withResolvers<void>()
    site.media.answer(mediaContracts.getPhoto, async ({ params }) => (await asked, { ...photo, id: params.id }))
    const before = site.media.calls(mediaContracts.getPhoto).length
    const answers = raw(first, second)
    await eventually(() => site.media.calls(mediaContracts.getPhoto).length > before)
    answerIt()
    const { status: firstStatus, body } = await answers
    expect([firstStatus, body]).toEqual([200, expect.stringContaining(`HTTP/1.1 ${status} `)])
    expect(body.indexOf(PHOTO)).toBeLessThan(body.indexOf('HTTP/1.1'))
    expect(body).toContain(`"code":"${code}"`)
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
    expect(await site.service.get(Metrics).registry.metrics()).toMatch(/http_unread_requests_total\{status="431"\} \d/)
  })
})

describe('addresses and bodies', () => {
  it('the whole address may be sent', async () => {
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
