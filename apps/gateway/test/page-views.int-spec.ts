import { randomUUID } from 'node:crypto'
import { analytics, gateway as gatewayContracts } from '@mpics/contracts'
import { EventPublisher } from '@mpics/eventing'
import { Clock, Metrics } from '@mpics/service-kit'
import { eventually } from '@mpics/testing'
import { accessToken } from './setup/access-tokens.js'
import { rawRequest } from './setup/raw-request.js'
import { OWNER, PHOTO } from './setup/samples.js'
import { cookieOf, FIREFOX, siteOfViews } from './setup/views.js'

const PAGE = `/photos/${PHOTO}`

describe('page views', () => {
  const site = siteOfViews()
  const { call, newFacts, view } = site

  it('B12.1 each request for a page is one fact, with page, browser, shortened address and time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => view(PAGE, { 'x-forwarded-for': '193.0.6.139' })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    const facts = await newFacts()
    expect(facts.length).toBe(50)
    expect(facts[0]).toMatchObject({
      subject: PAGE,
      data: {
        page: PAGE,
        pageKind: 'photo',
        subjectId: PHOTO,
        ipPrefix: '193.0.6.0/24',
        country: 'NL',
        browser: 'Firefox',
        os: 'Linux',
        device: 'desktop',
        bot: false,
        occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    })
  })

  const secrets = (answer: Response, sessionId: string) => [
    sessionId,
    answer.headers.get('x-request-id')!,
    'aaaaaaaa',
    'secret',
  ]
  const viewed = async (path: string, topic: string, sub: string, cookie: string) => {
    const sessionId = randomUUID()
    const authorization = `Bearer ${await accessToken({ sub, sid: sessionId })}`
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    const answer = await view(path, { cookie, authorization, traceparent })
    const records = (await site.service.records(topic)).filter(({ key }) => key === `/profiles/${OWNER}`)
    expect([answer.status, records.length]).toEqual([202, 1])
    for (const secret of secrets(answer, sessionId)) expect(JSON.stringify(records)).not.toContain(secret)
    expect(JSON.stringify(records)).not.toMatch(/\bada\b/) // other ids may hold these letters
    expect(Object.keys(records[0]!.headers)).toEqual(expect.not.arrayContaining(['traceparent', 'ce_sequence']))
    return records[0]!
  }

  it('B31 holds nothing that leads to an account: no id, request, trace or exact time', async () => {
    const cookie = cookieOf(await view('/'))
    const { value, timestamp } = await viewed('/@ada?secret=1', 'traffic.page-view', randomUUID(), cookie)
    expect(JSON.parse(value!)).toMatchObject({ page: `/profiles/${OWNER}`, browserId: cookie.slice('mpvid='.length) })
    expect(Number(timestamp) % 1000).toBe(0)
    await newFacts()
  })

  it('B31 an owner’s own view is no page view: another topic tells the page and the day', async () => {
    const cookie = cookieOf(await view('/'))
    await newFacts()
    const { value, timestamp, headers } = await viewed('/@ada?secret=1', 'traffic.own-view', OWNER, cookie)
    const day = new Date().toISOString().slice(0, 10)
    expect(JSON.parse(value!)).toEqual({ page: `/profiles/${OWNER}`, day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
    expect([Number(timestamp) % 86_400_000, headers['ce_time']]).toEqual([0, expect.stringMatching(/T00:00:00Z$/)])
    expect(new Date(Number(timestamp)).toISOString().slice(0, 10) <= day).toBe(true)
    const authorization = `Bearer ${await accessToken({ sub: OWNER })}`
    expect((await view('/@ada', { authorization, purpose: 'prefetch' })).status).toBe(202)
    expect(await newFacts()).toEqual([])
    expect(await site.service.events(gatewayContracts.ownViewRecorded)).toHaveLength(1)
  })

  it('facts hold known words: no text that somebody wrote into their browser’s name', async () => {
    const invented = [
      'jane@example.org MyApp/1.0 Foo/2.0 x',
      'Jane Doe +00000000000/1 (x) y',
      'Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1',
      'MyApp/1 CFNetwork/1408 Darwin/22',
    ]
    const headers = { 'accept-language': 'xq,jane;q=0.9' }
    for (const agent of invented)
      await view('/', { ...headers, 'user-agent': agent }, { referrer: 'http://203.0.113.7/jane' })
    const words = ({ browser, os, language, referrerHost }: Record<string, unknown>) => [
      browser,
      os,
      language,
      referrerHost,
    ]
    expect((await newFacts()).map(({ data }) => words(data))).toEqual(invented.map(() => [null, null, null, null]))
  })

  it('a referrer of any length costs no view', async () => {
    const referrer = `https://search.example/?q=${'x'.repeat(4_096)}`
    expect((await view('/', {}, { referrer })).status).toBe(202)
    expect((await newFacts()).map(({ data }) => data.referrerHost)).toEqual(['search.example'])
  })

  it('B05.1 tells of each answered request by its route, and B31 with neither path nor caller', async () => {
    const told = async () => {
      const facts = (await site.service.events(gatewayContracts.requestServed)).map(({ data }) => data)
      return facts.filter(({ route, status }) => route === '/v1/photos/:id' && status !== 503)
    }
    const total = async () => (await told()).reduce((sum, { weight = 1 }) => sum + weight, 0)
    const before = await total()
    for (let n = 0; n < 30; n++) await call(`/v1/photos/01931f3e-0000-7000-8000-0000000${10_000 + n}`)
    await eventually(async () => (await total()) === before + 30)
    const records = await site.service.records('traffic.request')
    expect(JSON.stringify(records)).not.toMatch(
      /01931f3e-0000-7000|127\.0\.0\.1|traceparent|mpvid|"[^"]*T\d\d:\d\d:\d\d\.[^0]/,
    )
    expect(Object.keys((await told())[0]!).sort()).toEqual([
      ...['durationMs', 'method', 'occurredAt', 'route', 'status', 'weight'],
    ])
    for (const { timestamp } of records) expect(Number(timestamp) % 3_600_000).toBe(0)
    await call('/no/such/route', { method: 'PATCH' })
    await eventually(async () =>
      (await site.service.events(gatewayContracts.requestServed)).some(
        ({ data }) => data.route === 'none' || data.status === 404,
      ),
    )
  })

  it('B18.1 tells AI crawlers by company, and more views in a minute than a person makes', async () => {
    const cookie = cookieOf(await view(PAGE))
    await newFacts()
    const GPT = 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)'
    await view(PAGE, { 'user-agent': GPT })
    const [crawler] = await newFacts()
    expect(crawler!.data).toMatchObject({ bot: true, botReason: 'ai-crawler', crawlerOf: 'OpenAI' })
    const clock = site.service.get(Clock)
    const minute = jest.spyOn(clock, 'now').mockReturnValue(new Date())
    for (let n = 0; n < 130; n++) await view(PAGE, { cookie })
    const reasons = (await newFacts()).map(({ data }) => data.botReason)
    minute.mockRestore()
    expect([reasons.slice(0, 120).every((reason) => reason === null), new Set(reasons.slice(120))]).toEqual([
      true,
      new Set(['rate']),
    ])
  })

  it('B18.1 B18.2 B18.3 tells crawlers, and pages that are fetched ahead', async () => {
    const crawler = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
    await view('/', { 'user-agent': crawler })
    await view('/', { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0 Safari/537.36' })
    await view('/', { 'sec-purpose': 'prefetch;prerender' })
    await view('/', { purpose: 'prefetch' })
    await view('/', { 'user-agent': 'WhatsApp/2.23.20.0 A' })
    await call('/', { headers: { 'user-agent': 'facebookexternalhit/1.1' } })
    await view('/', { 'user-agent': 'okhttp/4.12.0' }, { referrer: 'https://search.example/?q=name' })
    const facts = (await newFacts(7)).map(({ data }) => [data.bot, data.loadKind, data.referrerHost].join(' '))
    expect(facts.sort()).toEqual(
      [
        'false navigation search.example',
        'false prefetch ',
        'false preview ',
        'true preview ',
        'false prerender ',
        'true navigation ',
        'true navigation ',
      ].sort(),
    )
  })

  it.each([
    ['/photos/01931f3e-0000-7000-8000-00000000ffff', 404, 'gateway.page-not-found'],
    ['/@nobody', 404, 'gateway.page-not-found'],
    ['/verify-email?token=secret', 404, 'gateway.page-not-found'],
    ['https://evil.example/', 404, 'gateway.page-not-found'],
    ['', 422, 'input-invalid'],
  ])('there is no page %s', async (page, status, code) => {
    const answer = await view(page)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code])
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await newFacts()).toEqual([])
  })

  it('refuses what is no JSON, and fields that do not exist', async () => {
    const post = async (body: string, type = 'application/json') => {
      const answer = await call('/v1/page-views', { method: 'POST', headers: { 'content-type': type }, body })
      return [answer.status, ((await answer.json()) as { code: string }).code]
    }
    expect(await post('{"page": ')).toEqual([400, 'body-malformed'])
    expect(await post('')).toEqual([400, 'body-malformed'])
    expect(await post('{"page":"/","accountId":"x"}')).toEqual([422, 'input-invalid'])
    expect(await post('{"page":"/","__proto__":{"a":1}}')).toEqual([400, 'body-malformed'])
    expect(await post('page=/', 'application/x-www-form-urlencoded')).toEqual([415, 'unsupported-media-type'])
  })

  it('a page of the site is counted once: by the server, by its script, or by its picture', async () => {
    await call('/explore?cursor=', { headers: { 'user-agent': FIREFOX } })
    const byServer = await newFacts()
    expect(byServer.map(({ data }) => [data.page, data.browserId])).toEqual([['/explore', null]])

    const browser = { 'user-agent': FIREFOX, 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
    const page = await (await call(PAGE, { headers: browser })).text()
    expect(page).toContain('/assets/view.js')
    expect(await newFacts()).toEqual([])
    const picture = /\/v1\/page-views\/noscript\.gif\?page=[^"]+/.exec(page)![0]
    const shown = await call(picture, { headers: { 'user-agent': FIREFOX, 'sec-fetch-site': 'same-origin' } })
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/gif'])
    expect((await newFacts()).map(({ data }) => data.page)).toEqual([PAGE])
    expect((await call(picture, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect((await call(picture)).status).toBe(403)
    const head = await call(picture, { method: 'HEAD', headers: { 'sec-fetch-site': 'same-origin' } })
    expect([head.status, head.headers.getSetCookie()]).toEqual([200, []])
    expect(await newFacts()).toEqual([])
  })

  const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  const document = { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
  const load = async (headers: Record<string, string>) => (await call('/explore', { headers })).text()
  const told = async (least = 0) =>
    (await newFacts(least)).map(({ data: { loadKind, botReason } }) => `${loadKind} ${botReason}`)

  it('B18.3 a page that a browser fetches ahead is told of as that, and counts once somebody looks', async () => {
    for (const purpose of ['prefetch', 'prefetch;prerender'])
      expect(await load({ 'user-agent': CHROME, ...document, 'sec-purpose': purpose })).toContain('/assets/view.js')
    expect((await told(2)).sort()).toEqual(['prefetch null', 'prerender null'])
    await view('/explore', { 'user-agent': CHROME })
    expect(await told()).toEqual(['navigation null'])
  })

  it('B18 who loads page after page, and nothing that belongs to them, is shown as no person until they do', async () => {
    const { barePages } = analytics.countingRules
    const row = async (count: number, headers: Record<string, string>) => {
      for (let n = 0; n < count; n++) await load(headers)
      return told('sec-fetch-dest' in headers ? 0 : count)
    }
    const program = { 'user-agent': `${CHROME} Edg/140.0`, 'accept-language': 'en' }
    expect(await row(barePages, program)).toEqual(Array(barePages).fill('navigation null'))
    expect(await row(2, program)).toEqual(Array(2).fill('navigation no-sub-resources'))
    expect(await row(1, { 'user-agent': FIREFOX })).toEqual(['navigation null'])
    await call('/assets/site.css', { headers: program })
    expect(await row(1, program)).toEqual(['navigation null'])
    const browser = { 'user-agent': `${CHROME} OPR/120.0`, ...document }
    expect(await row(barePages, browser)).toEqual([])
    expect(await load(browser)).toContain('/assets/view.js')
    expect(await told(1)).toEqual(['navigation no-sub-resources'])
    await view('/explore', browser)
    await load(browser)
    expect(await told()).toEqual(['navigation null'])
  })

  it('a page is shown while Kafka takes no view of it, which is noted', async () => {
    const lost = async () =>
      Number(
        /^gateway_missing_parts_total\{part="count"\} (\d+)/m.exec(
          await site.service.get(Metrics).registry.metrics(),
        )![1],
      )
    const kafka = Promise.withResolvers<void>()
    jest.spyOn(site.service.get(EventPublisher), 'publish').mockReturnValueOnce(kafka.promise)
    const before = await lost()
    expect(await load({ 'user-agent': FIREFOX })).toContain('</html>')
    expect(await lost()).toBe(before)
    kafka.reject(new Error('Kafka is away'))
    await eventually(async () => (await lost()) === before + 1)
    expect(await told()).toEqual([])
  })

  it.each([
    ['/%40ada', `/profiles/${OWNER}`],
    ['/@%61da', `/profiles/${OWNER}`],
    [`/photos/%30${PHOTO.slice(1)}`, PAGE],
    ['/expl%6Fre', '/explore'],
  ])('the page %s is found and counted however its address is escaped', async (path, key) => {
    const counted = async () => (await newFacts(1)).map(({ data }) => data.page)
    expect((await call(path, { headers: { 'user-agent': FIREFOX } })).status).toBe(200)
    expect(await counted()).toEqual([key])
    expect((await view(path)).status).toBe(202)
    expect(await counted()).toEqual([key])
    const browser = { 'user-agent': FIREFOX, 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }
    const shown = await (await call(path, { headers: browser })).text()
    const picture = /\/v1\/page-views\/noscript\.gif\?page=[^"]+/.exec(shown)![0]
    const headers = { 'user-agent': FIREFOX, 'sec-fetch-site': 'same-origin' }
    expect((await call(picture, { headers })).status).toBe(200)
    expect(await counted()).toEqual([key])
  })

  it('a page counts whose whole address is sent (RFC 9112 §3.2.2)', async () => {
    const head = `Host: site\r\nConnection: close\r\nUser-Agent: ${FIREFOX}\r\n`
    for (const [path, key] of [
      ['/explore', '/explore'],
      ['/%40ada', `/profiles/${OWNER}`],
    ]) {
      expect((await rawRequest(site.service.url, `GET http://site${path}?x HTTP/1.1\r\n${head}\r\n`)).status).toBe(200)
      expect((await newFacts(1)).map(({ data }) => data.page)).toEqual([key])
    }
  })

  it('an escape that divides a path makes no page of it', async () => {
    for (const path of ['/policies%2Fprivacy', '/%2540ada']) expect((await view(path)).status).toBe(404)
    expect(await newFacts()).toEqual([])
  })

  it('knows the client behind a proxy that writes ports', async () => {
    await view('/', { 'x-forwarded-for': '193.0.6.139:51234' })
    expect((await newFacts()).map(({ data }) => [data.ipPrefix, data.country])).toEqual([['193.0.6.0/24', 'NL']])
  })
})
