import { randomUUID } from 'node:crypto'
import { analytics as contract, type EventDefinition, identity, media, type NewEvent, profiles } from '@mpics/contracts'
import { Clock } from '@mpics/service-kit'
import { eventually } from '@mpics/testing'
import { daysFrom } from '../src/community/community-fact.js'
import { CommunityFactsRepository } from '../src/community/community-facts.repository.js'
import { KeepCommunity } from '../src/community/keep-community.js'
import { NoteFacts } from '../src/community/note-facts.js'
import { AnalyticsHarness } from './setup/analytics-harness.js'

/** Days that are long gone would end while the test runs. */
const today = new Date().toISOString().slice(0, 10)
const ago = (days: number) => daysFrom(today, -days)
const [yes, no] = [() => true, () => false]
const NOW = new Date(`${today}T12:00:00Z`)

describe('what people do, by day', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
    jest.spyOn(analytics.service.get(Clock), 'now').mockReturnValue(NOW)
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    await analytics.close()
  })

  const about = (event: EventDefinition, more: object = {}): NewEvent => event.of({ ...event.example, ...more })
  const registered = () => about(identity.accountRegistered, { accountId: randomUUID() })
  const on = (day: string) => ({ time: `${day}T23:59:59.500Z` })
  const keep = async () => {
    await analytics.service.untilIdle()
    // a round of the service’s own may be under way, and save before this one
    const round = () => analytics.service.get(KeepCommunity).execute()
    await eventually(() => round().then(yes, no))
    await analytics.service.untilIdle()
  }
  const happen = async (day: string, count: number, event = registered) => {
    for (let i = 0; i < count; i++) await analytics.service.publish(event(), on(day))
  }
  const analyst = () => analytics.service.as({ accountId: randomUUID(), roles: ['member', 'analyst'] })
  const ask = (query: object) => analyst().get('/v1/admin/traffic/community').query(query)
  const told = async (metric: string) => {
    const all = (await analytics.service.events(contract.communityDailyUpdated)).map(({ data }) => data)
    return all.flatMap(({ since, day, count, ...data }) => (data.metric === metric ? [`${since} ${day} ${count}`] : []))
  }

  it('counts each kind of fact once, though its event comes again and handling it dies', async () => {
    const day = ago(1)
    const facts: NewEvent[] = [
      registered(),
      about(identity.emailVerified),
      about(identity.accountErased, { accountId: randomUUID() }),
      about(identity.consentChanged, { granted: true }),
      about(identity.consentChanged, { granted: false, purpose: 'a-purpose-of-tomorrow' }),
      about(profiles.followStarted),
      about(profiles.followEnded),
      about(media.photoUploaded),
      about(media.photoRemoved),
    ]
    const note = analytics.service.get(NoteFacts)
    const execute = note.execute.bind(note)
    let deaths = 0
    note.execute = async (fact) => {
      await execute(fact)
      if (deaths++ < 3) throw new Error('dies between noting and committing')
    }
    const ids = facts.map(() => randomUUID())
    for (const times of [1, 2])
      for (const [i, fact] of facts.entries())
        await analytics.service.publish(fact, { ...on(day), id: ids[i]!, sequence: times })
    await keep()
    note.execute = execute
    expect(deaths).toBeGreaterThan(3)
    const { body } = await ask({ from: day, to: day }).expect(200)
    expect(body.items).toEqual([
      {
        day,
        ...{ registrations: 1, verifications: 1, erasures: 1, follows: 1, unfollows: 1, uploads: 1, removals: 1 },
        ...{ consentsGranted: 1, consentsWithdrawn: 1 },
      },
    ])
    const stored = JSON.stringify(await analytics.database.collection('community_facts').find().toArray())
    for (const { data } of facts)
      for (const id of Object.values(data as object).filter((value) => /^[0-9a-f-]{36}$/.test(String(value))))
        expect(stored).not.toContain(id)
  })

  it('tells of closed days by five and more, and again only when that changes by five', async () => {
    await happen(ago(10), 7)
    await happen(ago(9), 2)
    await happen(ago(7), 4)
    await happen(today, 9)
    await keep()
    const first = [`${ago(10)} ${ago(10)} 7`, `${ago(9)} ${ago(7)} 6`]
    expect(await told('registrations')).toEqual(first)
    expect(await told('follows')).toEqual([])
    await happen(ago(8), 3)
    await keep()
    expect(await told('registrations')).toEqual(first)
    await happen(ago(8), 2)
    await keep()
    expect(await told('registrations')).toEqual([...first, `${ago(9)} ${ago(7)} 11`])
    const records = await analytics.service.records('analytics.community-daily')
    expect(new Set(records.map(({ key }) => key))).toEqual(
      new Set([`${ago(10)} registrations`, `${ago(7)} registrations`]),
    )
  })

  it('closes a day two hours and five minutes after its end', async () => {
    const now = jest.spyOn(analytics.service.get(Clock), 'now')
    now.mockReturnValue(new Date(`${ago(-1)}T02:04:59Z`))
    await keep()
    expect((await told('registrations')).filter((each) => each.includes(today))).toEqual([])
    now.mockReturnValue(new Date(`${ago(-1)}T02:05:00Z`))
    await keep()
    expect((await told('registrations')).at(-1)).toBe(`${ago(6)} ${today} 10`)
    now.mockReturnValue(NOW)
  })

  it('answers by day, week and month, beside another time', async () => {
    const { body } = await ask({ from: ago(10), to: ago(8), compare: 'previous' }).expect(200)
    expect(body.period).toEqual({ from: ago(10), to: ago(8), closedUntil: today })
    expect(body.items.map(({ registrations }: { registrations: number }) => registrations)).toEqual([7, 2, 5])
    expect(body.totals).toMatchObject({ registrations: 14, follows: 0 })
    expect(body.comparedWith.map(({ day }: { day: string }) => day)).toEqual([ago(13), ago(12), ago(11)])
    const weeks = await ask({ from: ago(19), to: today, interval: 'week' }).expect(200)
    const items = weeks.body.items as { day: string; registrations: number }[]
    expect(items.slice(1).every(({ day }) => new Date(day).getUTCDay() === 1)).toBe(true)
    expect(items.reduce((sum, { registrations }) => sum + registrations, 0)).toBe(28)
    expect(weeks.body.totals.registrations).toBe(28)
    const csv = await analyst()
      .get('/v1/admin/traffic/export')
      .query({ of: 'community', from: ago(10), to: ago(9) })
      .expect(200)
    const text = csv.text ?? (csv.body as Buffer).toString()
    expect(
      text
        .trim()
        .split(/\r?\n/)
        .map((line: string) => line.split(',').slice(0, 3).join()),
    ).toEqual(['period,day,registrations', `asked,${ago(10)},7`, `asked,${ago(9)},2`])
  })

  it.each([
    [{ from: '2026-06-11', to: '2026-06-10' }, 'from'],
    [{ from: '1926-06-11' }, 'interval'],
    [{ from: '2026-02-30' }, 'from'],
    [{ from: '2026-06-11T00:00:00Z' }, 'from'],
    [{ interval: 'hour' }, 'interval'],
    [{ zone: 'Europe/Berlin' }, 'zone'],
    [{ compare: 'never' }, 'compare'],
  ])('refuses %j', async (query, path) => {
    const { body } = await ask(query).expect(422)
    expect(body.errors[0].path).toBe(path)
  })

  it('is for analysts and operators', async () => {
    await analytics.service.as({ accountId: randomUUID() }).get('/v1/admin/traffic/community').expect(403)
    await analytics.service.as().get('/v1/admin/traffic/community').expect(401)
  })

  it('counts no day again whose facts may be gone, and lowers none', async () => {
    await happen(ago(61), 1)
    await keep()
    expect((await ask({ from: ago(61), to: ago(61) })).body.totals.registrations).toBe(0)
    await analytics.database.collection('community_facts').deleteMany({ at: new Date(ago(10)) })
    await happen(ago(10), 1)
    await keep()
    expect(await analytics.service.get(CommunityFactsRepository).countOf(ago(10))).toEqual({ registrations: 1 })
    expect((await ask({ from: ago(10), to: ago(10) })).body.totals.registrations).toBe(7)
  })
})
