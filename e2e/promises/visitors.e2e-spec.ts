import { join } from 'node:path'
import { analytics, gateway, identity, media, profiles } from '@mpics/contracts'
import { publicApis } from '@mpics/contracts/catalogue'
import { root } from '@mpics/tools/environment/root'
import { eventually } from '@mpics/testing/eventually'
import { Member, newPerson } from '@mpics/tools/people/member'
import { cookiesOfCalls, cookiesOfPages, type GivenCookie } from '../driver/given-cookies.js'
import { filled } from '../driver/filled.js'
import { parts, sharedSystem } from '../driver/system.js'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

describe('what visitors and members may see and do', () => {
  const running = sharedSystem()
  const api = () => parts(running).api

  const pages = [
    '/',
    '/explore',
    '/policies/privacy',
    '/policies/terms',
    '/privacy/cookies',
    '/help/cookies',
    '/help/counting',
  ]
  const page = (path: string) =>
    fetch(new URL(path, api().url), { headers: { accept: 'text/html' }, redirect: 'manual' })

  let people: Member[]
  let photos: string[]
  beforeAll(async () => {
    people = ['one', 'two', 'three'].map(
      (name) => new Member(newPerson(name, `Person ${name}`), api(), parts(running).mailbox),
    )
    for (const person of people) await person.join()
    const picture = join(root, 'tools/photographs/coffee.jpg')
    photos = await Promise.all(people.map((person) => person.upload(picture)))
    await Promise.all(people.map((person, i) => person.published(photos[i]!)))
  })

  /** Ids of a whole list that are among these. */
  async function walk(
    ids: readonly string[],
    list: (cursor?: string) => Promise<{ items: { id: string }[]; nextCursor: string | null }>,
  ) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const { items, nextCursor } = await list(cursor)
      seen.push(...items.map(({ id }) => id))
      cursor = nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    return seen.filter((id) => ids.includes(id)).sort()
  }

  it('B01.1 B01.2 pages through photos and photographers', async () => {
    const page = (cursor?: string) => ({ query: { limit: 1, cursor } })
    expect(await walk(photos, (cursor) => api().call(media.explorePhotos, page(cursor)))).toEqual(photos.toSorted())
    const accounts = people.map(({ accountId }) => accountId).sort()
    expect(await walk(accounts, (cursor) => api().call(profiles.listPhotographers, page(cursor)))).toEqual(accounts)
  })

  it('B33.1 B33.2 is shown every page without a cookie, and sent nowhere else', async () => {
    for (const path of [...pages, `/@${people[0]!.person.handle}`, `/photos/${photos[0]!}`]) {
      const { status, headers } = await page(path)
      expect({ path, status, leads: headers.get('location') }).toEqual({ path, status: 200, leads: null })
    }
  })

  it('B33.3 is told that a cookie is missing where one is needed, and there alone', async () => {
    const posted = async (path: string, body: string) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await fetch(new URL(path, api().url), { method: 'POST', headers, body, redirect: 'manual' })
      return [answer.status, ((await answer.json().catch(() => ({}))) as { code?: string }).code]
    }
    const { handle, password } = people[0]!.person
    expect(await posted('/log-in', new URLSearchParams({ login: handle, password }).toString())).toEqual([
      ...[403, 'gateway.cookies-required'],
    ])
    expect(await posted('/privacy/cookies/choice', 'counting=no')).toEqual([200, undefined])
    const page = '/explore'
    const total = async () => (await api().call(analytics.getViews, { query: { page } })).items[0]!
    const before = await total()
    await api().answer(gateway.recordPageView, { body: { page } }, { 'user-agent': FIREFOX })
    await eventually('a view without a cookie', async () => (await total()).total === before.total + 1)
    expect((await total()).unique).toBe(before.unique)
  })

  it('B32.1 finds every cookie that is set on the list of cookies', async () => {
    const { person } = people[0]!
    const given = [
      ...(await cookiesOfCalls(api(), person)),
      ...(await cookiesOfPages(api().url, person, false)),
      ...(await cookiesOfPages(api().url, person, true)),
    ]
    const { items } = await api().call(gateway.listCookies, {})
    const listed = (cookie: GivenCookie) => items.find(({ name, path }) => name === cookie.name && path === cookie.path)
    for (const cookie of given)
      expect({ cookie, isListed: (listed(cookie)?.maxAgeSeconds ?? 0) >= cookie.maxAgeSeconds }).toEqual({
        ...{ cookie, isListed: true },
      })
    expect(new Set(given.map(listed)).size).toBe(items.length)
    const list = await (await page('/privacy/cookies')).text()
    for (const { name, purpose, life } of items) for (const said of [name, purpose, life]) expect(list).toContain(said)
  })

  it('B08.1 needs an account for what a member may do, and for nothing else', async () => {
    const [member, leaver] = [people[2]!.api, people[1]!.api]
    const leaving = (path: string) => Number(path === identity.logOff.path)
    for (const { method, path, access } of publicApis.toSorted((a, b) => leaving(a.path) - leaving(b.path))) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : '{}'
      const code = async (of: typeof member) =>
        ((await of.send({ method, path: filled(path), body })).body as { code?: string } | undefined)?.code
      const isRefused = async (of: typeof member) => (await code(of)) === 'unauthenticated'
      if (access === 'anonymous' && method !== 'GET') continue
      const isLast = method === identity.closeMyAccount.method && path === identity.closeMyAccount.path
      const byMember = await isRefused(isLast ? leaver : member)
      expect({ method, path, anonymous: await isRefused(api()), member: byMember }).toEqual({
        ...{ method, path, anonymous: access !== 'anonymous', member: false },
      })
    }
  })
})
