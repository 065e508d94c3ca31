import { createHash, randomUUID } from 'node:crypto'
import { analytics, gateway as contract } from '@mpics/contracts'
import { newAgentToken } from '@mpics/service-kit'
import { eventually, on, type TestPeer, type TestService } from '@mpics/testing'
import { gateway, others } from './setup/gateway.js'
import { OWNER, PHOTO } from './setup/samples.js'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const PAGE = `/photos/${PHOTO}`
const AGENT = '01931f3e-0000-7000-8000-00000000a9e7'
const TOKEN = newAgentToken()
const HASH = createHash('sha256').update(TOKEN).digest('base64url')

describe('views that agents deliver', () => {
  let peers: TestPeer
  let service: TestService
  /** How many more checks find the credential good. */
  let good = Infinity

  beforeAll(async () => {
    peers = await others(
      on(analytics.checkAgent, ({ params, body }) => ({
        isGood: params.id === AGENT && body.hash === HASH && good-- > 0,
      })),
    )
    service = await gateway(peers.url)
    await eventually(async () => (await send([{ page: '/' }])).status === 202)
    await facts()
  })
  beforeEach(() => (good = Infinity))
  afterAll(() => Promise.all([service.stop(), peers.stop()]))

  type Given = Record<string, unknown>
  type Sent = { token?: string; agent?: string; batchId?: unknown }
  const send = async (views: unknown, { token = TOKEN, agent = AGENT, batchId = randomUUID() }: Sent = {}) => {
    const timed = Array.isArray(views)
      ? (views as Given[]).map((view) => ({ occurredAt: new Date().toISOString(), userAgent: FIREFOX, ...view }))
      : views
    const answer = await fetch(new URL(`/v1/traffic/agents/${agent}/page-views`, service.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ batchId, views: timed }),
    })
    return { status: answer.status, body: (await answer.json()) as Given & { code?: string } }
  }
  const ends = new Map<number, number>()
  /** What was published since the last call; the order of partitions is nobody's. */
  const facts = async () => {
    const all = await service.records(contract.pageViewRecorded.topic.name)
    const fresh = all.filter(({ partition, offset }) => offset >= (ends.get(partition) ?? 0))
    for (const { partition, offset } of fresh) ends.set(partition, offset + 1)
    return fresh.map(({ headers, value }) => ({
      id: headers['ce_id'],
      data: JSON.parse(String(value)) as { page: string },
    }))
  }

  it('B13 are facts that name the agent, cut as our own are', async () => {
    const { status, body } = await send([
      { page: PAGE, ip: '193.0.6.139', referrer: 'https://search.example/?q=me', language: 'de-CH' },
      { page: '/@ada', ip: '::ffff:193.0.6.139', userAgent: 'Mozilla/5.0 (compatible; GPTBot/1.2)' },
      { page: '/explore?token=secret', ip: 'nonsense', purpose: 'prefetch' },
    ])
    expect([status, body]).toEqual([202, { accepted: 3, refused: [] }])
    const told = (await facts()).map(({ data }) => data).sort((a, b) => (a.page < b.page ? 1 : -1))
    expect(told).toMatchObject([
      { page: `/profiles/${OWNER}`, ipPrefix: '193.0.6.0/24', bot: true, crawlerOf: 'OpenAI', agentId: AGENT },
      {
        page: PAGE,
        ipPrefix: '193.0.6.0/24',
        country: 'NL',
        referrerHost: 'search.example',
        language: 'de',
        bot: false,
      },
      { page: '/explore', ipPrefix: null, country: null, loadKind: 'prefetch', browserId: null },
    ])
    expect(JSON.stringify(await service.records('traffic.page-view'))).not.toMatch(/193\.0\.6\.139|secret|\?q=/)
  })

  it('B13 are refused one by one for a clock that is wrong, or a page that is not of the site', async () => {
    const at = (ms: number) => ({ page: '/', occurredAt: new Date(Date.now() + ms).toISOString() })
    const { status, body } = await send([
      ...[at(0), at(3_600_000), { page: '/', occurredAt: '1970-01-01T00:00:00Z' }, at(-8 * 86_400_000)],
      ...['https://evil.example/', '/admin', '/photos/../..', `/${'x'.repeat(2_000)}`, '/%2F', '/\u0000'].map(
        (page) => ({ page }),
      ),
      { page: `/photos/${randomUUID()}` },
    ])
    expect([status, body['accepted']]).toEqual([202, 1])
    expect(body['refused']).toEqual([
      ...[1, 2, 3].map((index) => ({ index, code: 'out-of-range' })),
      ...[4, 5, 6, 7, 8, 9, 10].map((index) => ({ index, code: 'page-not-found' })),
    ])
  })

  it('B13 are taken however long, or empty, is what one visitor wrote', async () => {
    await facts()
    const long = 'x'.repeat(6_000)
    const { status, body } = await send([
      { page: '/', ip: long, userAgent: `${FIREFOX} ${long}`, referrer: `https://a.example/${long}`, language: long },
      { page: '/explore', ip: '', userAgent: '', referrer: '', language: '', purpose: '' },
      ...[`/${'/'.repeat(100_000)}x`, ''].map((page) => ({ page })),
    ])
    const refused = [2, 3].map((index) => ({ index, code: 'page-not-found' }))
    expect([status, body]).toEqual([202, { accepted: 2, refused }])
    const told = (await facts()).map(({ data }) => data).sort((a, b) => (a.page < b.page ? -1 : 1))
    expect(told).toMatchObject([
      { page: '/', ipPrefix: null, browser: 'Firefox', referrerHost: 'a.example', language: null, bot: false },
      { page: '/explore', ipPrefix: null, botReason: 'crawler', referrerHost: null, loadKind: 'navigation' },
    ])
  })

  it('B13 are the same facts cut to what is read, so that what many visitors wrote does not fill a batch', async () => {
    await facts()
    const reads = contract.agentViewReads
    const long = 'x'.repeat(15_000)
    const origin = `https://${Array(3).fill('a'.repeat(60)).join('.')}.example`
    const whole = {
      ...{ page: `/explore?${long.slice(9 - reads.page)}`, ip: '2001:db8:1::1', userAgent: `${FIREFOX} ${long}` },
      ...{ referrer: `${origin}/${long}`, language: `${'de-CH,'.repeat(33)}en${long}`, purpose: `prefetch;${long}` },
    }
    const { page, ip, userAgent, language, purpose } = whole
    const cut = {
      ...{ page, ip, userAgent: userAgent.slice(0, reads.userAgent), referrer: origin },
      ...{ language: language.slice(0, reads.language), purpose: purpose.slice(0, reads.purpose) },
    }
    const occurredAt = new Date().toISOString()
    const told = async (views: Given[]) => {
      const { status } = await send(views.map((view) => ({ occurredAt, ...view })))
      return { status, told: (await facts()).map(({ data }) => data) }
    }
    const ofWhole = await told([whole])
    expect(ofWhole).toMatchObject({ status: 202, told: [{ browser: 'Firefox', language: 'de', loadKind: 'prefetch' }] })
    expect(await told([cut])).toEqual(ofWhole)
    expect(await told(Array<Given>(17).fill(whole))).toEqual({ status: 413, told: [] })
    expect(await told(Array<Given>(70).fill(cut))).toEqual({ status: 202, told: Array(70).fill(ofWhole.told[0]) })
  })

  it('B13 are the same facts when a batch is sent again', async () => {
    await facts()
    const views = Array.from({ length: 250 }, () => ({ page: '/' }))
    for (let n = 0; n < 2; n++) expect((await send(views, { batchId: 'edge-7' })).body['accepted']).toBe(250)
    const ids = (await facts()).map(({ id }) => id)
    expect([ids.length, new Set(ids).size]).toEqual([500, 250])
  })

  it('B13 are refused for another’s, a made-up and a revoked credential, in the middle of a batch, too', async () => {
    await facts()
    for (const given of [
      { token: newAgentToken() },
      { token: 'mpag_x' },
      { token: '' },
      { agent: randomUUID() },
      { token: TOKEN.replace('mpag_', 'mpat_') },
    ])
      expect([(await send([{ page: '/' }], given)).status, (await send([{ page: '/' }], given)).body.code]).toEqual([
        ...[401, 'unauthenticated'],
      ])
    expect(await facts()).toEqual([])
    good = 3
    expect((await send(Array.from({ length: 500 }, () => ({ page: '/' })))).status).toBe(401)
    expect((await facts()).length).toBe(200)
  })

  it('refuses what is no batch, and one that is too large', async () => {
    for (const views of [
      [],
      'x',
      [{}],
      [{ page: '/', browserId: 'x' }],
      [{ page: '/', occurredAt: 5 }],
      Array(501).fill({ page: '/' }),
    ])
      expect((await send(views)).status).toBe(422)
    for (const batchId of ['', 'a b', 'x'.repeat(65), 7, null])
      expect((await send([{ page: '/' }], { batchId })).status).toBe(422)
    expect((await send([{ page: 'x'.repeat(300_000) }])).status).toBe(413)
  })

  it('is not counted, and may come again, while the service that knows agents is away', async () => {
    peers.setDown(true)
    const { status } = await send([{ page: '/' }])
    peers.setDown(false)
    expect(status).toBe(503)
  })
})
