import { Clock } from '@mpics/service-kit'
import { PHOTO } from './setup/samples.js'
import { cookieOf, siteOfViews } from './setup/views.js'

const PAGE = `/photos/${PHOTO}`
/** `npm test` sends few of them. */
const FLOOD = Number(process.env['ODD_VIEWS'] ?? 1_000)
const AT_ONCE = 8
const PERSON_A_MINUTE = 120

describe('odd page views', () => {
  const site = siteOfViews()
  const { call, newFacts, view } = site

  it.each([
    ['another site', 'https://evil.example/', 404],
    ['another site without a scheme', '//evil.example/explore', 404],
    ['another site by backslashes', String.raw`\\evil.example\explore`, 404],
    ['a script', 'javascript:alert(1)', 404],
    ['a page of the staff', '/v1/admin/traffic/summary', 404],
    ['a way out', `${PAGE}/../../admin`, 404],
    ['a path of 10 kB', `/${'x'.repeat(10_000)}`, 422],
    ['a path of 10 kB in letters of four bytes', `/${'𝒳'.repeat(2_500)}`, 422],
    ['an encoded slash', `/photos%2F${PHOTO}`, 404],
    ['a slash encoded twice', `/photos%252F${PHOTO}`, 404],
    ['nothing but an encoded slash', '/%2F', 404],
    ['half an escape', '/explore%', 404],
    ['bytes that are no UTF-8', '/explore%FF%FE', 404],
    ['an encoded zero', '/explore%00', 404],
  ])('%s is no page', async (_, page, status) => {
    expect((await view(page)).status).toBe(status)
    expect(await newFacts()).toEqual([])
  })

  it.each(['\0', '\r\n', '\u001b[31m', '\u007f', '\u202e', '\u2028', '\ud800', 'e\u0301', '\u200b', '\ufeff', '👁'])(
    'a page that ends with %j is no other page',
    async (end) => {
      expect([404, 422]).toContain((await view(`/explore${end}`)).status)
      expect([404, 422]).toContain((await view(`/@ada${end}`)).status)
      expect(await newFacts()).toEqual([])
    },
  )

  it.each([
    ['193.0.6.139', '193.0.6.0/24'],
    ['::ffff:193.0.6.139', '193.0.6.0/24'],
    ['::FFFF:c100:68b', '193.0.6.0/24'],
    ['8.8.8.8, 193.0.6.139', '193.0.6.0/24'],
    [`${'8.8.8.8, '.repeat(500)}193.0.6.139`, '193.0.6.0/24'],
    ['127.0.0.1, 193.0.6.139, 127.0.0.1', '193.0.6.0/24'],
    ['193.0.6.139,', '193.0.6.0/24'],
    ['2001:67c:2e8:22::c100:68b', '2001:67c:2e8::/48'],
  ])('who sends X-Forwarded-For %# is where the proxy saw them', async (forwarded, prefix) => {
    expect((await view('/', { 'x-forwarded-for': forwarded })).status).toBe(202)
    expect((await newFacts()).map(({ data }) => data.ipPrefix)).toEqual([prefix])
  })

  it.each(['999.1.1.1', 'unknown', "' OR 1=1", '-1', '::ffff:999.0.0.1', '1.2.3.4.5'])(
    'X-Forwarded-For %j names nobody else',
    async (forwarded) => {
      expect((await view('/', { 'x-forwarded-for': forwarded })).status).toBe(202)
      expect(['127.0.0.0/24', null]).toContain((await newFacts())[0]!.data.ipPrefix)
    },
  )

  it('B18.1 of the views that one browser floods a minute with, those of a person count, and each is shown', async () => {
    const cookie = cookieOf(await view(PAGE))
    await newFacts()
    const minute = jest.spyOn(site.service.get(Clock), 'now').mockReturnValue(new Date())
    const statuses: number[] = []
    const flood = async () => {
      while (statuses.length < FLOOD) statuses.push((await view(PAGE, { cookie })).status)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, flood)).finally(() => minute.mockRestore())
    const facts = (await newFacts()).map(({ data }) => data)
    expect(new Set(statuses)).toEqual(new Set([202]))
    expect(facts.length).toBe(statuses.length)
    expect(facts.filter(({ bot }) => !bot).length).toBe(PERSON_A_MINUTE)
    expect(new Set(facts.filter(({ bot }) => bot).map(({ botReason }) => botReason))).toEqual(new Set(['rate']))
  })

  it('whoever asks for counts is led to the rules of counting, and nobody else', async () => {
    const linkOf = async (path: string) => (await call(path)).headers.get('link')
    const rules = '</help/counting>; rel="help"'
    for (const path of [`/v1/views?page=${PAGE}`, '/v1/stats', '/v1/me/stats', '/v1/admin/traffic/export'])
      expect(await linkOf(path)).toContain(rules)
    for (const path of ['/v1/policies', '/explore', '/v1/page-views']) expect(await linkOf(path)).not.toContain(rules)
  })

  it('is asked for 100 views and more at once, and for none', async () => {
    const ask = async (query: string) => (await call(`/v1/views${query}`)).status
    expect(await ask('')).toBe(422)
    expect(await ask(`?${`page=${PAGE}&`.repeat(100)}`)).toBe(422)
    for (const page of ['https://evil.example/', `/${'x'.repeat(5_000)}`, '/%00', '%ff', '/photos/%2e%2e/admin'])
      expect([200, 400, 404, 414, 422]).toContain(await ask(`?page=${page}`))
  })
})
