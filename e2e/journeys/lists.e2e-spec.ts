import { join } from 'node:path'
import { publicApis } from '@mpics/contracts/catalogue'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import { eventually } from '@mpics/testing/eventually'
import { Operator } from '../driver/operator.js'
import { parts, sharedSystem } from '../driver/system.js'

const PICTURE = join(root, 'tools/photographs/rocket.jpg')
const lists = publicApis.filter(({ query }) => 'cursor' in (query as unknown as { shape: object }).shape)

interface Page {
  items: unknown[]
  nextCursor: string | null
}

describe('every list, from its first page to its last', () => {
  const running = sharedSystem()
  let star: Member
  const people: Member[] = []

  beforeAll(async () => {
    const { api, mailbox } = parts(running)
    for (const name of ['star', 'fan', 'friend']) {
      const member = new Member(newPerson(name, `Person ${name}`), api, mailbox)
      await member.join()
      people.push(member)
    }
    star = people[0]!
    for (const other of people.slice(1)) {
      await other.follow(star.person.handle)
      await star.follow(other.person.handle)
    }
    for (let i = 0; i < 3; i++) await star.published(await star.upload(PICTURE, { visibility: 'public' }))
    await star.logIn()
    const operator = new Operator(running)
    await operator.giveFactor(star.accountId)
    await operator.order('grant-role', { account: star.accountId, role: 'operator' })
    await star.renew()
  })

  const page = async (path: string) => {
    const { status, headers, body } = await star.api.send({ method: 'GET', path, token: star.accessToken })
    expect({ path, status }).toEqual({ path, status: 200 })
    const next = /<([^>]+)>; rel="next"/.exec(headers.get('link')!)?.[1]
    const { items, nextCursor } = body as Page
    expect({ path, linked: next !== undefined }).toEqual({ path, linked: nextCursor !== null })
    if (next) expect(new URL(next, 'http://site').searchParams.get('cursor')).toBe(nextCursor)
    return { items, next }
  }
  const walk = async (path: string) => {
    const all: unknown[] = []
    for (let next: string | undefined = path; next;) {
      const found = await page(next)
      all.push(...found.items)
      next = found.next
    }
    return all
  }

  const known = new Map([
    ['listAnnouncements', 0],
    ['getConsentHistory', 0],
    ['listCampaigns', 0],
  ])

  it.each(lists.map((api) => [api.name, api.path] as const))('%s links each next page', async (name, template) => {
    const path = template.replace('{handle}', star.person.handle)
    const enough = async () => (await page(path)).items.length >= (known.get(name) ?? 2)
    await eventually(`two items of ${path}`, enough)
    // a mail of before may yet come into its list
    const sameLength = async () =>
      (await walk(`${path}?limit=1`)).length === (await page(`${path}?limit=80`)).items.length
    await eventually(`as many single items of ${path} as in one page`, sameLength)
  })

  it('a page that is known is not sent again, compressed or not', async () => {
    for (const path of [
      '/v1/photographers?limit=40',
      '/v1/explore/photos?limit=40',
      '/v1/policies',
      '/v1/policies/terms',
    ])
      for (const coding of ['identity', 'gzip', 'br']) {
        const ask = (headers: Record<string, string>) =>
          fetch(new URL(path, star.api.url), { headers: { 'accept-encoding': coding, ...headers } })
        const etag = (await ask({})).headers.get('etag')!
        const known = await ask({ 'if-none-match': etag })
        expect([path, coding, known.status, known.headers.get('etag')]).toEqual([path, coding, 304, etag])
        expect((await ask({ 'if-match': '"other"' })).status).toBe(412)
      }
  })

  it('HEAD links it too', async () => {
    const { headers } = await fetch(new URL('/v1/explore/photos?limit=1', star.api.url), { method: 'HEAD' })
    expect(headers.get('link')).toMatch(
      /<\/v1\/explore\/photos\?limit=1&cursor=[^>]+>; rel="next", <\/policies\/privacy/,
    )
  })
})
