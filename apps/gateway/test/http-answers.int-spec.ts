import { identity, media as mediaContracts } from '@mpics/contracts'
import { on } from '@mpics/testing'
import { accessToken } from './setup/access-tokens.js'
import { gateway } from './setup/gateway.js'
import { httpGet } from './setup/http-get.js'
import { recordingService } from './setup/recording-service.js'
import { OWNER, PHOTO, photo } from './setup/samples.js'
import { siteOfPhotos } from './setup/site.js'
import { stoppedAfterEach } from './setup/stopped-after-each.js'

const site = siteOfPhotos(on(identity.confirmPasswordReset, () => undefined))
const keep = stoppedAfterEach()
const { call } = site

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
      const full = await httpGet(new URL(path, site.service.url), {})
      const known = await httpGet(new URL(path, site.service.url), { 'if-none-match': full.headers.etag! })
      expect([path, known.status, known.body.length, known.headers['content-length']]).toEqual([
        path,
        304,
        0,
        undefined,
      ])
      for (const name of ['etag', 'cache-control', 'vary'])
        expect([path, name, known.headers[name]]).toEqual([path, name, full.headers[name]])
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
  const read = async (path: string, coding: string, headers: Record<string, string> = {}, at = site.service.url) => {
    const answer = await httpGet(new URL(path, at), { 'accept-encoding': coding, ...headers })
    const { 'content-encoding': given, vary, etag } = answer.headers
    return { status: answer.status, coding: given, vary, etag, bytes: answer.body }
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
    const plain = await read(path, 'identity')
    expect([plain.coding, plain.vary]).toEqual([undefined, expect.stringContaining('Accept-Encoding')])
    for (const [accepted, coding, decode] of [
      ['gzip', 'gzip', gunzipSync],
      ['gzip, deflate, br', 'br', brotliDecompressSync],
    ] as const)
      for (const round of ['made', 'kept']) {
        const coded = await read(path, accepted)
        expect([round, coded.coding, coded.vary]).toEqual([round, coding, expect.stringContaining('Accept-Encoding')])
        expect(coded.bytes.length).toBeLessThan(plain.bytes.length / 1.5)
        expect(decode(coded.bytes).equals(plain.bytes)).toBe(true)
      }
  })

  it('strong tags tell codings apart, and each is known again', async () => {
    const path = '/v1/explore/photos?limit=40'
    const [plain, coded] = [await read(path, 'identity'), await read(path, 'gzip')]
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

  it('If-Match, too, knows the tag of a coded answer, and it is good for a change', async () => {
    const body = JSON.stringify({ ...photo, description: 'long '.repeat(300) })
    const owner = keep(
      await recordingService(() => ({ headers: { 'content-type': 'application/json', etag: '"7"' }, body })),
    )
    const other = keep(await gateway(site.peers.url, { environment: { MEDIA_URL: owner.url } }))
    const path = `/v1/photos/${PHOTO}`
    const { etag, coding } = await read(path, 'br', {}, other.url)
    expect([coding, etag]).toEqual(['br', expect.stringMatching(/^"7~.+\+br"$/)])
    expect((await read(path, 'br', { 'if-match': etag! }, other.url)).status).toBe(200)
    const changed = await fetch(new URL(path, other.url), {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${await accessToken({ sub: OWNER })}`,
        'content-type': 'application/json',
        'if-match': etag!,
      },
      body: '{"title":"Quay"}',
    })
    expect(changed.status).toBe(200)
    expect(owner.last()).toMatchObject({ method: 'PATCH', headers: { 'if-match': '"7"' } })
  })

  it('what may hold a secret is never compressed: answers to changes, one’s own data, pages that take a token, problems', async () => {
    const own = { authorization: `Bearer ${await accessToken({ sub: OWNER })}` }
    expect(await read('/v1/me/photos', 'gzip, br', own)).toMatchObject({ coding: undefined, vary: undefined })
    expect((await read('/v1/explore/photos?limit=40', 'gzip, br', own)).coding).toBeUndefined()
    expect((await read(`/reset-password?token=${'x'.repeat(2_000)}`, 'gzip, br')).coding).toBeUndefined()
    const refused = await read('/nothing', 'gzip, br', { accept: 'text/html' })
    expect([refused.status, refused.coding, refused.bytes.length > 1_024]).toEqual([404, undefined, true])
    const form = { method: 'POST', headers: { 'accept-encoding': 'gzip, br', 'sec-fetch-site': 'same-origin' } }
    const posted = await call('/reset-password', {
      ...form,
      body: new URLSearchParams({ token: 'x', newPassword: 'short' }),
    })
    expect([posted.status, posted.headers.get('content-encoding'), (await posted.text()).length > 1_024]).toEqual([
      422,
      null,
      true,
    ])
    const logIn = await call('/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip, br' },
      body: JSON.stringify({ login: 'ada', password: 'a long password' }),
    })
    expect([logIn.status, logIn.headers.get('content-encoding')]).toEqual([201, null])
  })

  it('what is short, or refused by the client, stays as it is', async () => {
    expect((await read('/robots.txt', 'gzip, br')).coding).toBeUndefined()
    for (const refused of ['', 'gzip;q=0', 'identity, gzip;q=0.5', 'zstd'])
      expect((await read('/openapi.json', refused)).coding).toBeUndefined()
  })
})

describe('lists', () => {
  it('link their next page, and the last one links none', async () => {
    const first = await call('/v1/explore/photos?limit=2&tag=sea')
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]!
    expect(next).toBe('/v1/explore/photos?limit=2&tag=sea&cursor=next%2Bone')
    const last = await call(next)
    expect([last.status, site.media.calls(mediaContracts.explorePhotos).at(-1)!.query]).toEqual([
      200,
      expect.objectContaining({ limit: 2, tag: 'sea', cursor: 'next+one' }),
    ])
    expect(last.headers.get('link')).not.toContain('rel="next"')
  })
})
