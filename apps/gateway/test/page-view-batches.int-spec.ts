import { randomUUID } from 'node:crypto'
import { gateway as contract, media, profiles } from '@mpics/contracts'
import { EventPublisher, PublisherUnavailableError } from '@mpics/eventing'
import { accessToken } from './setup/access-tokens.js'
import { gateway } from './setup/gateway.js'
import { OWNER, PHOTO } from './setup/samples.js'
import { cookieOf, FIREFOX, siteOfViews } from './setup/views.js'

const PAGE = `/photos/${PHOTO}`
type Problem = { code: string; errors?: { path: string; code: string }[] }

describe('page views by many', () => {
  const site = siteOfViews()
  const { newFacts } = site
  afterEach(() => jest.restoreAllMocks())

  const post = (body: object, headers: Record<string, string> = {}, url = site.service.url) =>
    fetch(new URL('/v1/page-views', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': FIREFOX, ...headers },
      body: JSON.stringify(body),
    })
  const problemOf = async (answer: Response) => {
    const { code, errors = [] } = (await answer.json()) as Problem
    return [answer.status, code, ...errors.map((each) => `${each.path} ${each.code}`)]
  }
  const photos = (count: number) => Array.from({ length: count }, () => `/photos/${randomUUID()}`)
  const everyPhoto = () =>
    site.peers.answer(media.photoPages, ({ body }) => ({ items: body.ids.map((id) => ({ id, ownerId: OWNER })) }))

  it('B12.1 each of up to 20 views of a call is one fact, the same page twice among them', async () => {
    everyPhoto()
    const cookie = cookieOf(await post({ page: '/' }))
    await newFacts()
    const pages = [...photos(15), '/explore', '/@ada', `/profiles/${OWNER}`, PAGE, PAGE]
    const views = pages.map((page, i) => ({ page, ...(i % 2 && { referrer: `https://s${i}.example/?q=me` }) }))
    const asked = () => [media.photoPages, profiles.profilePages].map((call) => site.peers.calls(call).length)
    const before = asked()
    const answer = await post({ views }, { cookie, 'x-forwarded-for': '193.0.6.139' })
    expect([answer.status, await answer.text(), answer.headers.getSetCookie()]).toEqual([202, '', []])
    const facts = (await newFacts()).map(({ data }) => data)
    const keys = pages.map((page) => (page === '/@ada' ? `/profiles/${OWNER}` : page))
    expect(facts.map(({ page }) => page).sort()).toEqual(keys.sort())
    expect(new Set(facts.map(({ browserId }) => browserId))).toEqual(new Set([cookie.slice('mpvid='.length)]))
    expect(new Set(facts.map(({ ipPrefix }) => ipPrefix))).toEqual(new Set(['193.0.6.0/24']))
    expect(facts.filter(({ referrerHost }) => referrerHost !== null)).toHaveLength(10)
    expect(asked().map((calls, i) => calls - before[i]!)).toEqual([1, 1])
    const first = await post({ views: [{ page: '/' }, { page: '/explore' }] })
    expect(first.headers.getSetCookie()).toHaveLength(1)
    expect((await newFacts()).map(({ data }) => data.browserId)).toEqual([null, null])
  })

  it('counts all or none, and says which of them cannot be, or when to come again', async () => {
    site.peers.answer(media.photoPages, () => ({ items: [] }))
    const views = [{ page: '/' }, { page: photos(1)[0] }, { page: '/@ada' }, { page: '/no/such/page' }]
    const answer = await post({ views })
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await problemOf(answer)).toEqual([
      ...[404, 'gateway.page-not-found'],
      ...['views.1.page page-not-found', 'views.3.page page-not-found'],
    ])
    jest
      .spyOn(site.service.get(EventPublisher), 'publish')
      .mockRejectedValueOnce(new PublisherUnavailableError('Kafka is away'))
    const unavailable = await post({ views: [{ page: '/' }] })
    expect(Number(unavailable.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await problemOf(unavailable)).toEqual([503, 'events-unavailable'])
    expect(await newFacts()).toEqual([])
  })

  it('finds the pages that are asked for beside a name that nobody can have', async () => {
    everyPhoto()
    site.peers.answer(profiles.profilePages, ({ body: { ids, handles } }) => ({
      ids,
      handles: handles.map((handle) => ({ handle, id: OWNER })),
    }))
    const nobody = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'
    const pages = [`/profiles/${nobody}`, `/profiles/${randomUUID()}`, '/@grace', `/photos/${nobody}`, ...photos(1)]
    expect(await problemOf(await post({ views: pages.map((page) => ({ page })) }))).toEqual([
      ...[404, 'gateway.page-not-found'],
      ...['views.0.page page-not-found', 'views.3.page page-not-found'],
    ])
  })

  it.each([
    [{}, 'page required'],
    [{ referrer: 'https://search.example/' }, 'page required'],
    [{ views: [] }, 'views too-few'],
    [{ views: Array(21).fill({ page: '/' }) }, 'views too-many'],
    [{ views: { page: '/' } }, 'views invalid'],
    [{ page: '/', views: [{ page: '/' }] }, 'page unknown-field'],
    [{ referrer: '', views: [{ page: '/' }] }, 'referrer unknown-field'],
    [{ views: [{ page: '/' }, { page: 'x'.repeat(2_049) }] }, 'views.1.page too-long'],
    [{ views: [{ page: '/' }, {}] }, 'views.1.page required'],
    [{ views: [{ page: '/', accountId: 'x' }] }, 'views.0.accountId unknown-field'],
    [[{ page: '/' }], ' invalid'],
  ])('refuses %j', async (body, issue) => {
    expect(await problemOf(await post(body))).toEqual([422, 'input-invalid', issue])
    expect(await newFacts()).toEqual([])
  })

  it('B31 puts owners’ own views among others where no browser is named', async () => {
    everyPhoto()
    const cookie = cookieOf(await post({ page: '/' }))
    await newFacts()
    const authorization = `Bearer ${await accessToken({ sub: OWNER })}`
    const answer = await post(
      { views: [{ page: '/@ada' }, { page: '/explore' }, { page: PAGE }] },
      { authorization, cookie },
    )
    expect(answer.status).toBe(202)
    expect((await newFacts()).map(({ data }) => data.page)).toEqual(['/explore'])
    const own = (await site.service.events(contract.ownViewRecorded)).map(({ data }) => data.page)
    expect(own.sort()).toEqual([PAGE, `/profiles/${OWNER}`].sort())
  })

  it('B18.1 tells more views in a minute than a person makes, however many come with a call', async () => {
    const cookie = cookieOf(await post({ page: '/' }))
    await newFacts()
    const views = Array(20).fill({ page: '/' })
    for (let n = 0; n < 14; n++) await post({ views }, { cookie })
    const reasons = (await newFacts()).map(({ data }) => data.botReason)
    expect(reasons).toHaveLength(280)
    // the minute may have changed once meanwhile
    expect(reasons.filter((reason) => reason === 'rate').length).toBeGreaterThanOrEqual(40)
  })

  it('takes from the limit for each view, and nothing for what is refused', async () => {
    const environment = { GATEWAY_LIMIT_PAGE_VIEW: '25' }
    const service = await gateway(site.peers.url, { environment })
    try {
      const views = Array(20).fill({ page: '/' })
      const first = await post({ views }, {}, service.url)
      expect([first.status, first.headers.get('ratelimit-remaining')]).toEqual([202, '5'])
      const second = await post({ views }, {}, service.url)
      expect([second.status, Number(second.headers.get('retry-after')) > 0]).toEqual([429, true])
      const left = []
      for (let n = 0; n < 5; n++) left.push((await post({ page: '/' }, {}, service.url)).status)
      expect(left).toEqual([202, 202, 202, 202, 429])
      expect(await service.events(contract.pageViewRecorded)).toHaveLength(24)
    } finally {
      await service.stop()
    }
  })
})
