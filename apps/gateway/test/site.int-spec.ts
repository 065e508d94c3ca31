import { execFileSync } from 'node:child_process'
import { media, profiles } from '@mpics/contracts'
import type { Clock } from '@mpics/service-kit'
import { on, type TestPeer, type TestService } from '@mpics/testing'
import { PublicPages } from '../src/sitemap/public-pages.js'
import { PUBLIC_URL } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { PHOTO, photo } from './setup/samples.js'

const { description: _d, tags: _t, place: _p, licence: _l, camera: _c, ...summary } = photo
const idOf = (n: number) => `01931f3e-0000-7000-8000-${String(n).padStart(12, '0')}`
const rendition = (name: string, width: number) => ({
  url: `/v1/photos/${PHOTO}/${name}?v=1&x=2`,
  width,
  height: Math.round(width * 0.75),
})
const renditions = { thumb: rendition('thumb', 320), small: rendition('small', 1080), large: rendition('large', 2048) }
const PAGES = ['/', '/explore', `/photos/${PHOTO}`, '/@ada', '/policies/privacy', '/privacy/cookies', '/help/cookies']

/** Pages of the list that begin at a cursor, which is the number of the first. */
function slice<T>(all: readonly T[], { limit, cursor = '0' }: { limit: number; cursor?: string | undefined }) {
  const end = Number(cursor) + limit
  return { items: all.slice(Number(cursor), end), nextCursor: end < all.length ? String(end) : null }
}

type Summary = Omit<typeof summary, 'visibility' | 'renditions'> & {
  visibility: 'public' | 'members'
  renditions: typeof renditions
}

describe('the site, as search engines and other programs read it', () => {
  let peers: TestPeer
  let service: TestService
  let shown: Summary[] = Array.from({ length: 200 }, (_, n) => ({ ...summary, id: idOf(n), renditions }))
  const people = Array.from({ length: 90 }, (_, n) => ({ id: idOf(n), handle: `person${n}`, fullName: null }))

  beforeAll(async () => {
    peers = await others(
      on(media.listProfilePhotos, () => ({ items: shown.slice(0, 6), nextCursor: null })),
      on(profiles.listPhotographers, ({ query }) => slice(people, query)),
    )
    peers.answer(media.explorePhotos, ({ query }) => slice(shown, query))
    peers.answer(media.getPhoto, ({ params }) => ({ ...photo, ...described, id: params.id, renditions }))
    service = await gateway(peers.url)
  })
  afterAll(() => Promise.all([service.stop(), peers.stop()]))
  afterEach(() => jest.restoreAllMocks())

  const described = { title: 'A "harbour" & <quay>', description: `Boats\n\nat rest. ${'word '.repeat(100)}` }
  const text = async (path: string) => (await fetch(new URL(path, service.url))).text()
  const metaOf = (page: string) =>
    Object.fromEntries(
      [...page.matchAll(/<meta\s+(?:name|property)="([^"]+)"\s+content="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    )
  const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address!)
  const after = (ms: number) => {
    const pages = service.get(PublicPages) as unknown as { clock: Pick<Clock, 'now'> }
    jest.replaceProperty(pages, 'clock', { now: () => new Date(Date.now() + ms) })
  }

  it('every page says in short what it is, and which its one address is', async () => {
    const seen = new Set<string>()
    for (const path of [...PAGES, '/docs', '/docs/events']) {
      const page = await text(`${path}?utm_source=mail`)
      const meta = metaOf(page)
      const canonical = /<link rel="canonical" href="([^"]+)"/.exec(page)?.[1]
      expect({ path, canonical, url: meta['og:url'] }).toEqual({
        path,
        canonical: PUBLIC_URL + path,
        url: PUBLIC_URL + path,
      })
      expect(meta['description']).toMatch(/^.{40,201}$/)
      expect(meta['og:description']).toBe(meta['description'])
      expect(meta['robots']).toBeUndefined()
      seen.add(meta['description'])
    }
    expect(seen.size).toBe(PAGES.length + 2)
  })

  it('a page in another language has an address of its own, and each names the other', async () => {
    const german = await text('/@ada?lang=de')
    expect(/<link rel="canonical" href="([^"]+)"/.exec(german)?.[1]).toBe(`${PUBLIC_URL}/@ada?lang=de`)
    for (const page of [german, await text('/@ada')])
      expect([...page.matchAll(/hreflang="(\w+)"\s+href="([^"]+)"/g)].map(([, code, href]) => [code, href])).toEqual([
        ['en', `${PUBLIC_URL}/@ada`],
        ['de', `${PUBLIC_URL}/@ada?lang=de`],
      ])
    expect(metaOf(german)['description']).toMatch(/^Fotos von/)
  })

  it('a page of one reader, and one that is not there, is in no list', async () => {
    for (const path of ['/reset-password', '/verify-email?token=x', '/no/such/page']) {
      const page = await (await fetch(new URL(path, service.url), { headers: { accept: 'text/html' } })).text()
      expect(metaOf(page)['robots']).toBe('noindex')
      expect(page).not.toMatch(/canonical|og:/)
    }
  })

  it('a link to a photo shows the photo, escaped and cut at a word', async () => {
    const meta = metaOf(await text(`/photos/${PHOTO}`))
    expect(meta['og:title']).toBe('A &quot;harbour&quot; &amp; &lt;quay&gt;')
    expect(meta['og:description']).toMatch(/^Boats at rest\. word .* word…$/)
    expect(meta['og:image']).toBe(`${PUBLIC_URL}${renditions.large.url.replaceAll('&', '&amp;')}`)
    expect([meta['og:image:width'], meta['og:image:height']]).toEqual(['2048', '1536'])
    expect(metaOf(await text('/@ada'))['og:image']).toContain('/large')
  })

  it('shows no picture of a photo that not everybody may see, whatever a service says of it', async () => {
    const before = [...shown]
    shown = shown.map((one) => ({ ...one, visibility: 'members' }))
    for (const path of ['/', '/explore', '/@ada']) expect(metaOf(await text(path))['og:image']).toBeUndefined()
    shown = before
  })

  it('gives browsers every size of a picture, and lets those in sight come first', async () => {
    const page = await text('/@ada')
    const pictures = [...page.matchAll(/<img\s[^>]*srcset[^>]*>/g)].map(([tag]) => tag)
    expect(pictures).toHaveLength(6)
    for (const tag of pictures) {
      expect(tag).toMatch(/srcset="[^"]*\/thumb\?[^"]* 320w, [^"]*\/small\?[^"]* 1080w, [^"]*\/large\?[^"]* 2048w"/)
      expect(tag).toMatch(/sizes="[^"]+"/)
    }
    expect(pictures.map((tag) => tag.includes('loading="lazy"'))).toEqual([false, false, false, false, true, true])
    expect(pictures.filter((tag) => tag.includes('fetchpriority="high"'))).toHaveLength(1)
    expect(await text(`/photos/${PHOTO}`)).toMatch(/<img\s[^>]*srcset="[^"]+"[^>]*fetchpriority="high"/)
  })

  it('robots.txt keeps programs out of the API and lets them have pictures, by either way of reading it', async () => {
    const robots = await text('/robots.txt')
    const script = `import sys, json, urllib.robotparser as r
p = r.RobotFileParser(); p.parse(sys.argv[1].splitlines())
print(json.dumps([[p.can_fetch('Googlebot', a) for a in sys.argv[2:]], p.site_maps()]))`
    const paths = [`/v1/photos/${PHOTO}/large?v=1`, '/photos/x', '/@ada', '/sitemap.xml', '/v1/me', '/unsubscribe/x']
    const said = execFileSync('python3', ['-c', script, robots, ...paths], { encoding: 'utf8' })
    expect(JSON.parse(said)).toEqual([[true, true, true, true, false, false], [`${PUBLIC_URL}/sitemap.xml`]])
  })

  it('the sitemap names every public page and its picture, and drops what is hidden within ten minutes', async () => {
    const files = locations(await text('/sitemap.xml'))
    const named = ['site', 'photos-1', 'people-1'].map((name) => `${PUBLIC_URL}/sitemaps/${name}.xml`)
    expect(files).toEqual(named)
    const photos = await text('/sitemaps/photos-1.xml')
    expect(locations(photos)).toEqual(shown.map(({ id }) => `${PUBLIC_URL}/photos/${id}`))
    expect(photos).toContain(`<image:loc>${PUBLIC_URL}/v1/photos/${PHOTO}/large?v=1&amp;x=2</image:loc>`)
    expect(locations(await text('/sitemaps/people-1.xml'))).toContain(`${PUBLIC_URL}/@person89`)
    expect(locations(await text('/sitemaps/site.xml'))).toContain(`${PUBLIC_URL}/explore`)
    const asked = peers.calls(media.explorePhotos).length
    await Promise.all([text('/sitemaps/photos-1.xml'), text('/sitemap.xml')])
    expect(peers.calls(media.explorePhotos).length).toBe(asked)

    const hidden = shown[3]!
    shown = shown.filter((one) => one !== hidden)
    after(600_000)
    const [first, second] = await Promise.all([text('/sitemaps/photos-1.xml'), text('/sitemaps/photos-1.xml')])
    expect([first === second, first.includes(hidden.id)]).toEqual([true, false])
    // three pages of the list, once for both
    expect(peers.calls(media.explorePhotos).length).toBe(asked + 3)
  })

  it('the sitemap answers 503 while it cannot know, and 404 for a file that it does not name', async () => {
    after(2 * 600_000)
    peers.setDown(true)
    const away = await fetch(new URL('/sitemap.xml', service.url))
    peers.setDown(false)
    expect([away.status, Boolean(away.headers.get('retry-after'))]).toEqual([503, true])
    after(3 * 600_000)
    for (const file of ['photos-2.xml', 'photos-0.xml', 'people-99999.xml', 'x.xml'])
      expect((await fetch(new URL(`/sitemaps/${file}`, service.url))).status).toBe(404)
  })

  it('has an icon where programs look for it without having read a page', async () => {
    const answer = await fetch(new URL('/favicon.ico', service.url))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/x-icon'])
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 4)
        .toString('hex'),
    ).toBe('00000100')
  })
})
