import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { analytics, gateway } from '@mpics/contracts'
import { eventually } from '@mpics/testing/eventually'
import { root } from '@mpics/tools/environment/root'
import { Member, newPerson } from '@mpics/tools/people/member'
import { Operator } from '../driver/operator.js'
import { parts, sharedSystem } from '../driver/system.js'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

describe('what agents deliver, and who may read what is counted', () => {
  const running = sharedSystem()
  let staff: Member
  let other: Member
  let photo: string

  beforeAll(async () => {
    const { api, mailbox } = parts(running)
    ;[staff, other] = ['keeper', 'photographer'].map(
      (name) => new Member(newPerson(name, `A ${name}`), api, mailbox),
    ) as [Member, Member]
    await staff.join()
    await other.join()
    const operator = new Operator(running)
    await operator.giveFactor(staff.accountId)
    await operator.order('grant-role', { account: staff.accountId, role: 'operator' })
    await staff.renew()
    photo = await other.upload(join(root, 'tools/photographs/coffee.jpg'))
    await other.published(photo)
  })

  const api = () => parts(running).api
  const totalOf = async (page: string) => (await api().call(analytics.getViews, { query: { page } })).items[0]!
  const deliver = (agentId: string, token: string, batchId: string, pages: string[]) =>
    api().send({
      method: 'POST',
      path: `/v1/traffic/agents/${agentId}/page-views`,
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({
        batchId,
        views: pages.map((page) => ({
          page,
          occurredAt: new Date().toISOString(),
          ip: '192.0.2.77',
          userAgent: FIREFOX,
        })),
      }),
    })

  const refusal = (call: Promise<unknown>) =>
    call.then(() => 200).catch((error: unknown) => (error as { status: number }).status)

  it('B13.1 takes views from authorised agents, once each, and from none that is revoked or made up', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
    const { id, token } = await staff.api.call(analytics.createAgent, { body: { name: 'A CDN', expiresAt } })
    const page = `/photos/${photo}`
    const before = await totalOf(page)
    const batch = randomUUID()
    for (let n = 0; n < 2; n++) {
      const { status, body } = await deliver(id, token, batch, [page, page, 'https://evil.example/'])
      expect([status, body]).toEqual([202, { accepted: 2, refused: [{ index: 2, code: 'page-not-found' }] }])
    }
    expect((await deliver(id, token, randomUUID(), [page])).status).toBe(202)
    await eventually(
      'the views of three deliveries, one of them sent twice',
      async () => (await totalOf(page)).total >= before.total + 3,
    )
    expect(await totalOf(page)).toEqual({ page, total: before.total + 3, unique: before.unique })
    expect((await deliver(id, `${token.slice(0, -1)}x`, randomUUID(), [page])).status).toBe(401)
    expect((await deliver(randomUUID(), token, randomUUID(), [page])).status).toBe(401)
    await staff.api.call(analytics.revokeAgent, { params: { id } })
    expect((await deliver(id, token, randomUUID(), [page])).status).toBe(401)
    expect(await refusal(other.api.call(analytics.listAgents, {}))).toBe(403)
  })

  it('B05.1 B16.1 shows operators how fast routes answer, and owners alone how often their pages were viewed', async () => {
    await api().call(analytics.getStats, {})
    await eventually('the speed of a route', async () => {
      const { items } = await staff.api.call(analytics.getTrafficLatency, { query: { route: analytics.getStats.path } })
      return items.some(({ requests, p95Ms }) => requests > 0 && p95Ms > 0)
    })
    const stats = await other.api.call(gateway.getMyStats, { query: { subject: photo } })
    expect(stats.total).toBe((await totalOf(`/photos/${photo}`)).total)
    expect((await other.api.call(gateway.getMyStats, { query: { subject: 'profile' } })).series).toEqual([])
    expect(await refusal(staff.api.call(gateway.getMyStats, { query: { subject: photo } }))).toBe(404)
    expect(await refusal(api().call(gateway.getMyStats, { query: { subject: 'profile' } }))).toBe(401)
    expect(await refusal(other.api.call(analytics.getTrafficSummary, {}))).toBe(403)
    const totals = await staff.api.call(analytics.getTrafficSummary, {
      query: { page: `/photos/${photo}`, country: 'none' },
    })
    expect(totals.period.rules).toBe('/help/counting')
  })

  it('says with an entity tag that counts have not changed', async () => {
    const asked = new URL('/v1/views?page=%2Fprivacy%2Fcookies', api().url)
    const etag = (await fetch(asked)).headers.get('etag')
    expect(etag).not.toBeNull()
    expect((await fetch(asked, { headers: { 'if-none-match': etag! } })).status).toBe(304)
  })
})
