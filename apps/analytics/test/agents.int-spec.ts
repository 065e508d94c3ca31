import { randomUUID } from 'node:crypto'
import { analytics as contract } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { rebuilt } from '@mpics/testing'
import { KeepHours } from '../src/hours/keep-hours.js'
import { AnalyticsHarness, newPage, view } from './setup/analytics-harness.js'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

describe('authorised agents', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterAll(() => analytics.close())

  const operator = () => analytics.service.as({ accountId: randomUUID(), roles: ['member', 'operator'] })
  const isGood = async (id: string, hash: string) =>
    (await analytics.service.from('gateway').post(`/internal/agents/${id}/check`).send({ hash }).expect(200)).body
      .isGood
  const hashOf = async (token: string) => {
    const bytes = await crypto.subtle.digest('SHA-256', Buffer.from(token))
    return Buffer.from(bytes).toString('base64url')
  }

  it('start with the times of this release, where an earlier one noted deliveries for less long', async () => {
    const deliveries = () => analytics.database.collection('agent_deliveries')
    const ageOf = async () => (await deliveries().indexes()).find(({ name }) => name === 'at_1')?.expireAfterSeconds
    const age = await ageOf()
    const index = { name: 'at_1', expireAfterSeconds: 9 * 86_400 }
    await analytics.database.command({ collMod: 'agent_deliveries', index })
    expect(await ageOf()).not.toBe(age)
    await analytics.restart()
    expect(await ageOf()).toBe(age)
  })

  it('B13 have a credential of their own, which is shown once, ends and can be revoked', async () => {
    const { body } = await operator()
      .post('/v1/admin/agents')
      .send({ name: 'CDN', expiresAt: inDays(30) })
      .expect(201)
    const [{ token, ...agent }, hash] = [body, await hashOf(body.token)]
    expect(token).toMatch(/^mpag_[0-9A-Za-z]{38}$/)
    expect((await operator().get('/v1/admin/agents').expect(200)).body.items).toEqual([agent])
    expect(await analytics.everythingStored()).not.toContain(token)
    expect([
      await isGood(agent.id, hash),
      await isGood(randomUUID(), hash),
      await isGood(agent.id, hash.toLowerCase()),
    ]).toEqual([...[true, false, false]])
    for (let n = 0; n < 2; n++) await operator().delete(`/v1/admin/agents/${agent.id}`).expect(204)
    expect(await isGood(agent.id, hash)).toBe(false)
    await operator().delete(`/v1/admin/agents/${randomUUID()}`).expect(404)
    await analytics.service
      .as({ accountId: randomUUID(), roles: ['member', 'analyst'] })
      .get('/v1/admin/agents')
      .expect(403)
    await analytics.service
      .as(randomUUID())
      .post('/v1/admin/agents')
      .send({ name: 'x', expiresAt: inDays(1) })
      .expect(403)
  })

  it('refuses ends that are past or too far away, and more agents than fit', async () => {
    for (const expiresAt of [inDays(-1), inDays(900), '1970-01-01', 'never'])
      await operator().post('/v1/admin/agents').send({ name: 'x', expiresAt }).expect(422)
    const make = (name: string, days = 1) =>
      operator()
        .post('/v1/admin/agents')
        .send({ name, expiresAt: inDays(days) })
    for (let n = 0; n < 45; n++) expect((await make(`agent ${n}`)).status).toBe(201)
    await Promise.all(Array.from({ length: 10 }, (_, n) => make(`at once ${n}`)))
    const listed = async () => (await operator().get('/v1/admin/agents')).body.items as { revokedAt: string | null }[]
    const good = (await listed()).filter(({ revokedAt }) => revokedAt === null).length
    expect(good).toBeLessThanOrEqual(50)
    for (let n = good; n < 49; n++) expect((await make('one more')).status).toBe(201)
    const [last] = (await listed()) as { id: string; revokedAt: string | null }[]
    if (good === 50) await operator().delete(`/v1/admin/agents/${last!.id}`).expect(204)
    const atOnce = await Promise.all([make('the last'), make('one too many at once')])
    expect(atOnce.map(({ status }) => status).sort()).toEqual([201, 409])
    const { status, body } = await make('one too many')
    expect([status, body.code]).toEqual([409, 'analytics.too-many-agents'])
    const later = jest.spyOn(analytics.service.get(Clock), 'now').mockReturnValue(new Date(inDays(2)))
    expect((await make('after all others', 3)).status).toBe(201)
    later.mockRestore()
    expect((await listed()).length).toBe(51)
  })

  it('B13 a view that an agent delivers twice counts once, also when the first is read again after the second', async () => {
    const [page, id, agentId] = [newPage(), randomUUID(), randomUUID()]
    const delivered = { ...view(page, null, { agentId }), id }
    await analytics.publish(delivered, { ...view(page, null, { agentId }), id: randomUUID() })
    await analytics.untilTotal(page, 2)
    await analytics.publish(delivered, view(page, null))
    await analytics.untilTotal(page, 3)
    await analytics.service.untilIdle()
    expect(await analytics.counts(page)).toEqual({ total: 3, unique: 0 })
    await analytics.service.get(KeepHours).execute()
    const query = { page, from: new Date(Date.now() - 3_600_000).toISOString() }
    const { body } = await operator()
      .get(contract.getTrafficBrowsers.path)
      .query({ ...query, by: 'agent' })
      .expect(200)
    const items = body.items as { value: string; views: number }[]
    expect(items.map(({ value, views }) => [value, views])).toEqual([[agentId, 2]])
  })

  it('B13 a rebuild notes no delivery for longer, and counts what came again once', async () => {
    const [page, id, agentId, occurredAt] = [newPage(), randomUUID(), randomUUID(), `${inDays(-20).slice(0, 19)}Z`]
    const delivered = { ...view(page, null, { agentId, occurredAt }), id }
    await analytics.publish(delivered)
    await analytics.publish(delivered, view(page, null))
    await analytics.untilTotal(page, 2)
    await analytics.service.untilIdle()
    const notes = () => analytics.database.collection('agent_deliveries').find().sort({ _id: 1 }).toArray()
    const before = await notes()
    expect(before.find(({ _id }) => String(_id) === id)).toMatchObject({ at: new Date(occurredAt) })
    await analytics.database.collection('agent_deliveries').deleteOne({ _id: id as never })
    expect(await rebuilt(analytics.service, 'totals')).toMatchObject({ state: 'done' })
    expect(await notes()).toEqual(before)
    expect(await analytics.counts(page)).toEqual({ total: 2, unique: 0 })
  })
})
