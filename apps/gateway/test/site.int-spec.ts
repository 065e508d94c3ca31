import { execFileSync } from 'node:child_process'
import { DomainError, media, profiles } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import type { Clock } from '@mpics/service-kit'
import { eventually, on, type TestPeer, type TestService } from '@mpics/testing'
import { PartStarts } from '../src/sitemap/part-starts.js'
import { PUBLIC_URL } from './setup/access-tokens.js'
import { gateway, others } from './setup/gateway.js'
import { PHOTO, photo } from './setup/samples.js'

class InvalidCursorError extends DomainError {
  readonly code = 'cursor-invalid'
  readonly kind = 'invalid'
}

const { description: _d, tags: _t, place: _p, licence: _l, camera: _c, ...summary } = photo
const idOf = (n: number) => `01931f3e-0000-7000-8000-${String(n).padStart(12, '0')}`
const rendition = (name: string, width: number) => ({
  url: `/v1/photos/${PHOTO}/${name}?v=1&x=2`,
  width,
  height: Math.round(width * 0.75),
})
const renditions = { thumb: rendition('thumb', 320), small: rendition('small', 1080), large: rendition('large', 2048) }
const PAGES = [
  '/',
  '/explore',
  `/photos/${PHOTO}`,
  '/@ada',
  '/policies/privacy',
  '/privacy/cookies',
  '/help/cookies',
  '/help/counting',
  '/privacy/inventory',
]

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
    peers.answer(media.photosForVisitors, ({ body }) => ({
      items: body.ids.map((id) => ({ ...photo, ...described, id, renditions })),
    }))
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
    const pages = service.get(PartStarts) as unknown as { clock: Pick<Clock, 'now'> }
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
    expect([...german.matchAll(/<span class="quiet">(\w+) /g)].map(([, word]) => word)).toEqual(Array(6).fill('von'))
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

  it('robots.txt lets programs have pictures, by either way of reading it, and keeps them out of the API', async () => {
    const robots = await text('/robots.txt')
    const script = `import sys, json, urllib.robotparser as r
p = r.RobotFileParser(); p.parse(sys.argv[1].splitlines())
print(json.dumps([[p.can_fetch('Googlebot', a) for a in sys.argv[2:]], p.site_maps()]))`
    const open = [`/v1/photos/${PHOTO}/large?v=1`, '/photos/x', '/@ada', '/sitemap.xml', '/sitemaps/people.xml?from=x']
    const closed = ['/v1/me', '/unsubscribe/x', '/v1/explore/photos']
    const expected = [...open.map(() => true), ...closed.map(() => false)]
    const said = execFileSync('python3', ['-c', script, robots, ...open, ...closed], { encoding: 'utf8' })
    expect(JSON.parse(said)).toEqual([expected, [`${PUBLIC_URL}/sitemap.xml`]])
    const data = [`/v1/photos/${PHOTO}`, `/v1/photos/${PHOTO}/comments`]
    expect([...open, ...closed, ...data].map((path) => mayRead(robots, path))).toEqual([...expected, false, false])
  })

  /** The most specific rule wins (RFC 9309 §2.2.2), `*` stands for anything (§2.2.3). */
  function mayRead(robots: string, path: string): boolean {
    const rules = [...robots.matchAll(/^(Allow|Disallow): (\S+)$/gm)].map(([, word, rule]) => ({ word, rule: rule! }))
    const pattern = (rule: string) => new RegExp(`^${rule.split('*').join('.*')}`)
    const fitting = rules.filter(({ rule }) => pattern(rule).test(path))
    return fitting.sort((one, other) => other.rule.length - one.rule.length)[0]?.word !== 'Disallow'
  }

  const asked = () => peers.calls(media.explorePhotos).length + peers.calls(profiles.listPhotographers).length
  const index = async () => locations(await text('/sitemap.xml'))
  const answerTo = (path: string) => fetch(new URL(path, service.url))
  const fileAt = (address: string) => text(address.slice(PUBLIC_URL.length))
  const namesFiles = (many: number) =>
    eventually(async () => {
      const files = await index()
      expect(files).toHaveLength(many)
      return files
    })

  it('the sitemap names every public page and its picture, each file with one call', async () => {
    const first = asked()
    const files = await namesFiles(6)
    await eventually('the end of the walk', () => asked() - first === 5)
    const before = asked()
    const written = await Promise.all(files.map(fileAt))
    expect(asked() - before).toBe(5)
    const pages = written.flatMap(locations).map((address) => address.slice(PUBLIC_URL.length))
    expect(pages).toEqual(
      expect.arrayContaining([
        ...['/explore', '/policies/privacy'],
        ...shown.map(({ id }) => `/photos/${id}`),
        ...people.map(({ handle }) => `/@${handle}`),
      ]),
    )
    expect(written.join('')).toContain(`<image:loc>${PUBLIC_URL}/v1/photos/${PHOTO}/large?v=1&amp;x=2</image:loc>`)
  })

  it('the sitemap drops what is hidden when it is next read', async () => {
    const hidden = shown[3]!
    expect(await text('/sitemaps/photos.xml')).toContain(hidden.id)
    shown = shown.filter((one) => one !== hidden)
    expect(await text('/sitemaps/photos.xml')).not.toContain(hidden.id)
    expect((await answerTo('/sitemaps/photos.xml')).headers.get('cache-control')).toBe('public, max-age=600')
  })

  it('nobody waits for the index: it names what it knows, whoever is away', async () => {
    const known = await index()
    peers.setDown(true)
    after(HOUR_MS)
    expect([await index(), await index()]).toEqual([known, known])
    expect((await answerTo('/sitemaps/photos.xml')).status).toBe(503)
    peers.setDown(false)
    shown = shown.slice(0, 100)
    after(2 * HOUR_MS)
    const before = asked()
    await namesFiles(5)
    expect(asked() - before).toBe(4)
  })

  it('a list without end is walked to a bound, and one that is empty is a valid file', async () => {
    peers.answer(media.explorePhotos, ({ query }) => ({ items: [], nextCursor: `${Number(query.cursor ?? 0) + 1}` }))
    const before = asked()
    after(4 * HOUR_MS)
    await namesFiles(2 + 625 + 1)
    expect(asked() - before).toBe(624 + 2)
    expect(locations(await text('/sitemaps/photos.xml'))).toEqual([`${PUBLIC_URL}/explore`])
  })

  it('a file that the sitemap does not name is not there', async () => {
    peers.answer(media.explorePhotos, () => {
      throw new InvalidCursorError('Begin again.')
    })
    const unknown = ['x.xml', 'photos-1.xml', 'photos.xml?from=', 'photos.xml?from=1&from=2', 'photos.xml?from=x']
    for (const file of [...unknown, 'people.xml?from=9000'])
      expect([file, (await answerTo(`/sitemaps/${file}`)).status]).toEqual([file, 404])
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
