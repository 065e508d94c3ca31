import { Writable } from 'node:stream'
import {
  analytics as analyticsContracts,
  type ApiAnswer,
  type gateway as gatewayContracts,
  identity as identityContracts,
  media as mediaContracts,
  profiles,
} from '@mpics/contracts'
import { dataSchemaPath, schemaIdOf } from '@mpics/contracts/catalogue'
import { createLogger, Metrics } from '@mpics/service-kit'
import { eventually, on, peer, type TestPeer, type TestService } from '@mpics/testing'
import { accessToken } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { OWNER, PHOTO, photo, policies } from './setup/samples.js'
import { stoppedAfterEach } from './setup/stopped-after-each.js'

const BROWSER = { accept: 'text/html', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }

const scripted = { ...photo, title: '<script>alert(1)</script>' }

describe('answers that the edge makes', () => {
  let peers: TestPeer
  let analytics: TestPeer
  let media: TestPeer
  let service: TestService

  beforeAll(async () => {
    peers = await others()
    analytics = await peer(
      on(analyticsContracts.getViews, ({ query }) => ({
        items: query.page.map((page) => ({ page, total: 1234, unique: 1 })),
      })),
    )
    media = await peer(
      on(mediaContracts.getPhoto, ({ params }) => ({ ...scripted, id: params.id })),
      on(mediaContracts.photosForVisitors, ({ body }) => ({ items: body.ids.map((id) => ({ ...scripted, id })) })),
      on(mediaContracts.explorePhotos, () => ({ items: [summary], nextCursor: 'abc' })),
      on(mediaContracts.visiblePhotos, ({ body }) => ({ ids: body.readerId ? body.ids : [PHOTO] })),
      on(mediaContracts.listProfilePhotos, () => ({ items: [summary], nextCursor: null })),
    )
    service = await gateway(peers.url, {
      environment: { ANALYTICS_URL: analytics.url, MEDIA_URL: media.url },
    })
  })
  afterAll(() => Promise.all([service, peers, analytics, media].map((one) => one.stop())))
  const keep = stoppedAfterEach()

  const { description: _d, tags: _t, place: _p, licence: _l, camera: _c, ...summary } = photo
  const call = (path: string, init: RequestInit = {}) => fetch(new URL(path, service.url), init)
  const page = async (path: string, init: RequestInit = {}) => {
    const answer = await call(path, { ...init, headers: { ...BROWSER, ...init.headers } })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  it('composes a photo of what media, profiles and analytics know', async () => {
    const answer = await call(`/v1/photos/${PHOTO}`)
    expect(await answer.json()).toMatchObject({
      id: PHOTO,
      owner: { id: OWNER, handle: 'ada', fullName: 'Ada Lovelace' },
      views: { total: 1234, unique: 1 },
    })
    expect(peers.calls(profiles.profileCards).at(-1)!.body).toEqual({ ids: [OWNER], readerId: null })
  })

  it('answers 304 while nothing of a composed answer changed', async () => {
    const etag = (await call(`/v1/photos/${PHOTO}`)).headers.get('etag')!
    expect((await call(`/v1/photos/${PHOTO}`, { headers: { 'if-none-match': etag } })).status).toBe(304)
    analytics.answer(analyticsContracts.getViews, ({ query }) => ({
      items: query.page.map((p) => ({ page: p, total: 1235, unique: 1 })),
    }))
    expect((await call(`/v1/photos/${PHOTO}`, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  it('composes my account, for me alone to read', async () => {
    const answer = await call('/v1/me', { headers: { authorization: `Bearer ${await accessToken()}` } })
    expect(await answer.json()).toMatchObject({ handle: 'ada', fullName: 'Ada Lovelace' })
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  it('composes lists', async () => {
    expect(await (await call('/v1/explore/photos?limit=1')).json()).toMatchObject({
      items: [{ owner: { handle: 'ada' }, views: { total: 1235 } }],
      nextCursor: 'abc',
    })
  })

  it('gives an answer without its enrichments while their owners are away', async () => {
    analytics.setDown(true)
    const answer = await call(`/v1/photos/${PHOTO}`)
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ views: null })])
    analytics.setDown(false)
  })

  it('tells operators of each part that was missing, and of the cause, which readers never hear', async () => {
    let logged = ''
    const log = new Writable({ write: (chunk: Buffer, _, done) => ((logged += chunk.toString()), done()) })
    const rest = keep(await others())
    const views = keep(await peer(on(analyticsContracts.getViews, () => ({ items: [] }))))
    const pictures = keep(
      await peer(
        on(mediaContracts.getPhoto, ({ params }) => ({ ...photo, id: params.id })),
        on(mediaContracts.explorePhotos, () => ({ items: [summary], nextCursor: 'abc' })),
      ),
    )
    const urls = { ANALYTICS_URL: views.url, MEDIA_URL: pictures.url }
    const watched = keep(await gateway(rest.url, { environment: urls, logger: createLogger('gateway', 'warn', log) }))
    const read = async (path: string) => (await fetch(new URL(path, watched.url))).text()
    const missing = async () => {
      const lines = (await watched.get(Metrics).registry.metrics()).matchAll(
        /gateway_missing_parts_total\{part="(\w+)"\} (\d+)/g,
      )
      return Object.fromEntries(
        [...lines].filter(([, , count]) => count !== '0').map(([, part, count]) => [part, Number(count)]),
      )
    }
    expect(await missing()).toEqual({})
    for (const one of [views, rest]) one.setDown(true)
    for (const path of [`/v1/photos/${PHOTO}`, `/v1/photos/${PHOTO}`]) await read(path)
    expect(await missing()).toEqual({ views: 2, cards: 2 })
    pictures.setDown(true)
    expect(await read('/')).toContain('cannot be shown')
    expect(await read(`/v1/photos/${PHOTO}`)).toContain('"unavailable"')
    expect(await read('/v1/explore/photos')).toContain('"unavailable"')
    expect(await missing()).toMatchObject({ photos: 1, main: 2 })
    for (const one of [views, rest, pictures]) one.setDown(false)
    pictures.answerRaw(mediaContracts.explorePhotos, 'no JSON')
    expect(await read('/v1/explore/photos')).toContain('"unavailable"')
    expect(await missing()).toMatchObject({ main: 3 })
    for (const part of ['views', 'cards', 'photos', 'main']) expect(logged).toContain(`"reason":"${part}"`)
    expect(logged).toMatch(/media answered explorePhotos with 503|media answered getPhoto with 503/)
  })

  it('tells of the views of a photo only to who may see it, as of a page that does not exist', async () => {
    const [seen, hidden] = [`/photos/${PHOTO}`, '/photos/01931f3e-0000-7000-8000-00000000ffff']
    const counts = async (authorization?: string) => {
      const answer = await call(
        `/v1/views?page=${hidden}&page=${seen}&page=/explore`,
        authorization ? { headers: { authorization } } : {},
      )
      const body = (await answer.json()) as { items?: { page: string; total: number }[] }
      return body.items?.map(({ total }) => total) ?? body
    }
    expect(await counts()).toEqual([0, 1235, 1235])
    expect(await counts(`Bearer ${await accessToken()}`)).toEqual([1235, 1235, 1235])
    media.setDown(true)
    expect((await call(`/v1/views?page=${seen}`)).status).toBe(503)
    expect((await call('/v1/views?page=/explore')).status).toBe(200)
    media.setDown(false)
  })

  it('tells of the views of a profile only while profiles shows it, as of a page that does not exist', async () => {
    const [shown, hidden] = [`/profiles/${OWNER}`, '/profiles/01931f3e-0000-7000-8000-00000000ffff']
    const noId = '/profiles/00000000-0000-9000-f000-000000000001'
    const answer = await call(`/v1/views?page=${hidden}&page=${shown}&page=${noId}`)
    const { items } = (await answer.json()) as { items: { total: number }[] }
    expect(items.map(({ total }) => total)).toEqual([0, 1235, 0])
  })

  it('tells of the views of a page in whatever way its path is written', async () => {
    const paths = ['/@ada', '/%40ada', `/profiles/${OWNER.toUpperCase()}`, '/explore/']
    const answer = await call(`/v1/views?${paths.map((page) => `page=${encodeURIComponent(page)}`).join('&')}`)
    const { items } = (await answer.json()) as { items: { page: string; total: number }[] }
    expect(items).toEqual(paths.map((page) => ({ page, total: 1235, unique: expect.any(Number) })))
    const asked = analytics.calls(analyticsContracts.getViews).at(-1)!
    expect(JSON.stringify(asked)).not.toContain('@')
  })

  it('shows no views of photos while media does not know how to tell who may see them', async () => {
    const before = keep(await peer())
    const early = keep(
      await gateway(peers.url, { environment: { ANALYTICS_URL: analytics.url, MEDIA_URL: before.url } }),
    )
    const answer = await fetch(new URL(`/v1/views?page=/photos/${PHOTO}&page=/explore`, early.url))
    expect(await answer.json()).toMatchObject({ items: [{ total: 0 }, { total: expect.any(Number) }] })
  })

  it('B17 leaves the numbers out where the operator hides them', async () => {
    const shown = analytics.calls(analyticsContracts.getViews).length
    analytics.answer(analyticsContracts.getViews, () => ({ items: [] }))
    await eventually(async () => !('views' in ((await (await call(`/v1/photos/${PHOTO}`)).json()) as object)))
    expect(analytics.calls(analyticsContracts.getViews).length).toBeGreaterThan(shown)
    analytics.answer(analyticsContracts.getViews, ({ query }) => ({
      items: query.page.map((p) => ({ page: p, total: 1, unique: 1 })),
    }))
  })

  it('passes refusals of the primary answer on', async () => {
    const answer = await call('/v1/profiles/x'.concat('y'.repeat(40)))
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'input-invalid'])
  })

  it('shows pages that work without scripts, with everything escaped and nothing from elsewhere', async () => {
    for (const path of [
      '/',
      '/explore',
      `/photos/${PHOTO}`,
      '/@ada',
      '/privacy/cookies',
      '/help/cookies',
      '/help/counting',
    ]) {
      const { status, headers, text } = await page(path)
      expect({ path, status, type: headers.get('content-type') }).toEqual({
        path,
        status: 200,
        type: 'text/html; charset=utf-8',
      })
      expect(text).not.toMatch(
        /<script>|<style|style="|onclick|(src|srcset|action)="https?:|<link rel="(?!canonical|alternate)[^>]*https?:/,
      )
      expect(text).toContain('<html lang="en" dir="ltr">')
      expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    }
  })

  it('B15 B16 shows on each page how often that page was viewed, and not another', async () => {
    const totals: Record<string, number> = {
      '/': 11,
      '/explore': 2_222,
      [`/photos/${PHOTO}`]: 33,
      [`/profiles/${OWNER}`]: 4_444,
      '/help/cookies': 1,
    }
    analytics.answer(analyticsContracts.getViews, ({ query }) => ({
      items: query.page.map((page) => ({ page, total: totals[page] ?? 0, unique: 1 })),
    }))
    for (const [path, said] of [
      ['/', '11 times'],
      ['/explore', '2,222 times'],
      [`/photos/${PHOTO}`, '33 times'],
      ['/@ada', '4,444 times'],
      ['/help/cookies', '1 time'],
    ])
      expect((await page(path!)).text).toContain(`Viewed ${said} by 1 person`)
    for (const path of [`/v1/photos/${PHOTO}`, '/v1/profiles/ada'])
      expect(((await (await call(path)).json()) as { views: object }).views).toEqual({
        total: path.includes('photos') ? 33 : 4_444,
        unique: 1,
      })
  })

  it('B32 lists every cookie with its purpose and life', async () => {
    const { text } = await page('/privacy/cookies')
    const { items } = (await (await call('/v1/privacy/cookies')).json()) as ApiAnswer<
      typeof gatewayContracts.listCookies
    >
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['mpvid', 'mpsession', 'mprefresh', 'mpage']))
    const { text: german } = await page('/privacy/cookies?lang=de')
    for (const { name, purpose, life } of items) {
      for (const said of [name, purpose, life]) expect(text).toContain(said)
      expect(german).toContain(`<code>${name}</code>`)
      expect(german).not.toContain(purpose)
    }
  })

  it('shows a policy without its markup being able to do anything', async () => {
    const text = '# Title\n\n<img src=x onerror=alert(1)> [link](javascript:alert(1)) **bold**'
    const identity = keep(await peer(on(identityContracts.getPolicy, () => ({ ...policies[0]!, text }))))
    const other = keep(await gateway(peers.url, { environment: { IDENTITY_URL: identity.url } }))
    const answer = await (await fetch(new URL('/policies/privacy', other.url))).text()
    expect(answer).toContain('<h1>Title</h1>')
    expect(answer).toContain('<strong>bold</strong>')
    expect(answer).not.toMatch(/<img src=x|href="javascript/)
  })

  it('shows every page to a browser that refuses cookies, and gives it none', async () => {
    for (const path of [
      '/',
      '/explore',
      `/photos/${PHOTO}`,
      '/@ada',
      '/policies/terms',
      '/privacy/cookies',
      '/help/cookies',
      '/help/counting',
    ]) {
      const { status, headers } = await page(path, { redirect: 'manual' })
      expect({ path, status, cookies: headers.getSetCookie() }).toEqual({ path, status: 200, cookies: [] })
    }
  })

  it('answers with a refusal whatever a service refuses, and never with a fault of its own', async () => {
    // nearly as much as the gateway takes, and too much for the service with what the gateway adds
    const long = 'x'.repeat(16_000)
    for (const path of [`/v1/photos/${PHOTO}`, '/v1/profiles/ada', '/v1/explore/photos', '/v1/policies'])
      expect((await call(path, { headers: { accept: long } })).status).toBeLessThan(500)
    expect((await call(`/v1/explore/photos?cursor=${'x'.repeat(15_000)}`)).status).toBeLessThan(500)
    expect((await call(`/v1/profiles/${'%F0%9F%98%80'.repeat(20)}`)).status).toBeLessThan(500)
  })

  it('shows people an error as a page, and programs a problem document', async () => {
    const shown = await page('/no/such/page')
    expect([shown.status, shown.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(shown.text).toContain('There is nothing here')
    const told = await call('/no/such/page')
    expect([told.status, told.headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')])
  })

  it('B02 links the version that is in force as soon as it is published', async () => {
    const effectiveAt = new Date(Date.now() - 1000).toISOString()
    await service.publish(
      identityContracts.policyPublished.of({ document: 'terms', version: '2026-02-02', effectiveAt }),
    )
    await service.publish(
      identityContracts.policyPublished.of({
        document: 'privacy',
        version: '2099-01-01',
        effectiveAt: '2099-01-01T00:00:00Z',
      }),
    )
    const link = await eventually(async () => {
      const value = (await call('/robots.txt')).headers.get('link')!
      return value.includes('terms?version=2026-02-02') && value
    })
    expect(link).toContain('privacy?version=2015-03-14')
  })

  it('answers for the schemas of public topics as a registry of schemas does, and names its own guid', async () => {
    const { type } = analyticsContracts.viewTotalUpdated
    const guid = schemaIdOf(type)!
    const found = await call(`/schemas/guids/${guid.toUpperCase()}?format=serialized`)
    expect([found.status, found.headers.get('content-type')]).toEqual([200, 'application/vnd.schemaregistry.v1+json'])
    const { schema, ...rest } = (await found.json()) as { schema: string }
    expect(rest).toEqual({ guid, schemaType: 'JSON' })
    expect(JSON.parse(schema)).toMatchObject({ title: type, $id: expect.stringMatching(/^http.*\/schemas\//) })
    for (const other of ['01931f3e-0000-5000-8000-000000000000', 'no-guid', '%00', `${guid}/x`]) {
      const missing = await call(`/schemas/guids/${other}`)
      expect([other, missing.status]).toEqual([other, other === '%00' ? missing.status : 404])
    }
    const unknown = await call('/schemas/guids/01931f3e-0000-5000-8000-000000000000')
    expect(unknown.headers.get('content-type')).toBe('application/vnd.schemaregistry.v1+json')
    expect(unknown.headers.get('cache-control')).toBe('no-store')
    expect(await unknown.json()).toEqual({ error_code: 40403, message: 'Schema not found' })
    const etag = found.headers.get('etag')!
    expect((await call(`/schemas/guids/${guid}`, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await call(`/schemas/guids/${guid}`, { headers: { 'if-match': '"other"' } })).status).toBe(412)
  })

  it('documents itself', async () => {
    const openApi = (await (await call('/openapi.json')).json()) as { openapi: string; paths: Record<string, object> }
    expect(openApi.openapi).toBe('3.1.0')
    expect(Object.keys(openApi.paths).filter((path) => path.startsWith('/internal'))).toEqual([])
    expect(((await (await call('/asyncapi.json')).json()) as { asyncapi: string }).asyncapi).toBe('3.0.0')
    expect(await (await call('/docs')).text()).toContain('swagger-ui')
    const schema = (await (await call(dataSchemaPath(identityContracts.policyPublished.type))).json()) as {
      title: string
    }
    expect(schema.title).toBe(identityContracts.policyPublished.type)
    expect((await call('/schemas/no.such.event.v1.json')).status).toBe(404)
    expect((await call('/docs/assets/swagger-ui-bundle.js')).status).toBe(200)
    expect((await call('/docs/assets/package.json')).status).toBe(404)
    expect(await (await call('/.well-known/security.txt')).text()).toMatch(/^Contact: mailto:.+\nExpires: \d{4}-/)
    const gpc = await call('/.well-known/gpc.json')
    expect(gpc.headers.get('content-type')).toMatch(/^application\/json/)
    expect(await gpc.json()).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) })
    expect((await call('/.well-known/change-password', { redirect: 'manual' })).status).toBe(302)
    expect((await call('/.well-known/jwks.json')).status).toBe(200)
  })
})
