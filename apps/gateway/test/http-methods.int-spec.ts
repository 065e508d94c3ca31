import { routes } from '../src/routes/routes.js'
import { gateway } from './setup/gateway.js'
import { codeOf, rawRequest } from './setup/raw-request.js'
import { PHOTO } from './setup/samples.js'
import { siteOfPhotos } from './setup/site.js'
import { stoppedAfterEach } from './setup/stopped-after-each.js'

const HOST = 'Host: site\r\nConnection: close\r\n'

const site = siteOfPhotos()
const keep = stoppedAfterEach()
const { call, raw } = site

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
    ['/v1/photos/', 'GET, HEAD, PATCH, DELETE, OPTIONS'],
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
    for (const path of ['/nothing', '/v1/photos/%00/x/y', '/v1%2Fme', '/v1%0Apolicies', '/%2540ada', '/*'])
      for (const method of ['OPTIONS', 'GET', 'POST'])
        expect([path, method, (await call(path, { method })).status]).toEqual([path, method, 404])
    expect((await raw(`OPTIONS * HTTP/1.1\r\n${HOST}\r\n`)).status).toBe(204)
  })

  it('answers where other sites may use the API: preflights by CORS, everything else as before', async () => {
    const open = keep(await gateway(site.peers.url, { environment: { GATEWAY_CORS_ORIGINS: 'https://app.example' } }))
    const ask = (headers: Record<string, string>, path = '/v1/policies') =>
      fetch(new URL(path, open.url), { method: 'OPTIONS', headers })
    const origin = 'https://app.example'
    const asked = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' }
    const preflight = await ask({ origin, ...asked })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin])
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type')
    expect(
      (await ask({ origin: 'https://evil.example', ...asked })).headers.get('access-control-allow-origin'),
    ).toBeNull()
    expect((await rawRequest(open.url, `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`)).status).toBe(204)
    const plain = await ask({})
    expect([plain.status, plain.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    const nowhere = await ask({}, '/nothing')
    expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
    ])
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
