import { analytics as contract } from '@mpics/contracts'
import { HOUR_MS } from '@mpics/contracts/durations'
import { EventServer } from '@mpics/eventing'
import { Connection } from '@mpics/mongo'
import { Clock } from '@mpics/service-kit'
import { eventually } from '@mpics/testing'
import { Visitors } from '../src/counts/visitors.js'
import { CloseHour } from '../src/hours/close-hour.js'
import { CloseHours } from '../src/hours/close-hours.js'
import { CountDay } from '../src/hours/count-day.js'
import { CountHour } from '../src/hours/count-hour.js'
import { HoursRepository } from '../src/hours/hours.repository.js'
import { KeepClosed } from '../src/hours/keep-closed.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { HourStateRepository } from '../src/view-log/hour-state.repository.js'
import { LogViews } from '../src/view-log/log-views.js'
import { ViewLogRepository } from '../src/view-log/view-log.repository.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

describe('counts by hour and day', () => {
  let analytics: AnalyticsHarness
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
  })
  afterEach(() => jest.restoreAllMocks())
  afterAll(() => analytics.close())

  const at = (time: string) => ({ occurredAt: `${time}Z` })
  const cells = async (collection: 'hours' | 'days', dimension: string) => {
    const found = await analytics.database
      .collection(collection)
      .find({ dimension })
      .sort({ at: 1, views: -1 })
      .toArray()
    return found.map(
      (cell) =>
        `${(cell['at'] as Date).toISOString().slice(0, 13)} ${cell['value']} ${cell['views']} ${cell['visitors']}`,
    )
  }
  const keep = () => analytics.service.get(KeepHours).execute()
  const counted = async (...views: ReturnType<typeof view>[]) => {
    await analytics.publish(...views)
    await analytics.service.untilIdle()
    await keep()
  }

  /** Of another replica, which counts in its way and has found an hour to close. */
  const closerOf = async (hour: Date, count: CountHour['execute']) => {
    const get = analytics.service.get.bind(analytics.service)
    const known = get(HourStateRepository)
    const state = await analytics.database.collection('hour_states').findOne({ hour })
    const states = Object.assign(Object.create(known) as typeof known, { due: () => Promise.resolve([state]) })
    const counting = { execute: count } as unknown as CountHour
    const closing = new CloseHour(states, get(KeepClosed), counting, get(CountDay), get(ViewLogRepository))
    return new CloseHours(states, closing, get(EventServer))
  }

  it('counts the hour that goes on, and goes on after a restart as if nothing had been', async () => {
    const page = newPage()
    const look = (name: string) => view(page, browser(name), { country: 'IS' })
    await counted(look('a'), look('b'), look('a'))
    const of = async () =>
      (await cells('hours', 'country')).filter((cell) => cell.includes(' IS ')).map((cell) => cell.slice(14))
    expect(await of()).toEqual(['IS 3 2'])
    await analytics.restart({}, [look('c')])
    await analytics.service.untilIdle()
    await eventually(async () => (await keep(), (await of()).join() === 'IS 4 3'))
  })

  it('B12.1 logs each view once when batches are delivered again, and when two replicas write the same ones', async () => {
    const log = analytics.service.get(LogViews)
    const another = new LogViews(
      analytics.service.get(ViewLogRepository),
      analytics.service.get(HourStateRepository),
      analytics.service.get(Clock),
    )
    const write = log.execute.bind(log)
    let deaths = 0
    log.execute = async (views) => {
      await Promise.all([write(views), another.execute(views)])
      if (deaths++ < 3) throw new Error('dies between logging and committing')
    }
    const page = newPage()
    await analytics.publish(...Array.from({ length: 300 }, (_, i) => view(page, browser(`n${i % 30}`))))
    await analytics.service.untilIdle()
    log.execute = write
    expect(deaths).toBeGreaterThan(3)
    const stretches = await analytics.database.collection('view_log').find({ pages: page }).toArray()
    expect(
      stretches.flatMap(({ views }) => (views as { page: string }[]).filter((one) => one.page === page)).length,
    ).toBe(300)
  })

  it('closes an hour once it may, opens it for a view that comes late, and adds the day up', async () => {
    const page = newPage()
    const look = (name: string, time: string) => view(page, browser(name), { ...at(time), language: 'fo' })
    await counted(look('a', '2026-01-30T10:10:00'), look('b', '2026-01-30T10:20:00'), look('a', '2026-01-30T23:59:59'))
    expect(await cells('hours', 'language')).toEqual(
      expect.arrayContaining(['2026-01-30T10 fo 2 2', '2026-01-30T23 fo 1 1']),
    )
    expect(await cells('days', 'language')).toEqual(['2026-01-30T00 fo 3 2'])
    await counted(look('c', '2026-01-30T10:30:00'))
    expect(await cells('hours', 'language')).toEqual(
      expect.arrayContaining(['2026-01-30T10 fo 3 3', '2026-01-30T23 fo 1 1']),
    )
    expect(await cells('days', 'language')).toEqual(['2026-01-30T00 fo 4 3'])
    const [site] = await analytics.database.collection('days').find({ dimension: 'site' }).toArray()
    expect(site).toMatchObject({ views: 4, sessions: 4, bounces: 4, seconds: 0 })
    expect(
      await analytics.database
        .collection('hour_states')
        .countDocuments({ isOpen: true, hour: { $lt: new Date(Date.now() - 3 * HOUR_MS) } }),
    ).toBe(0)
  })

  it('tells of a closed hour in parts of five and more, and again only when they change by five', async () => {
    const page = newPage()
    const look = (name: string, country: string, hour = '10') =>
      view(page, browser(name), { ...at(`2026-01-28T${hour}:10:00`), country })
    const many = (count: number, country: string, hour?: string) =>
      Array.from({ length: count }, (_, i) => look(`${country}${count}${i}`, country, hour))
    const told = async (of = '10') => {
      await analytics.service.untilIdle()
      const all = (await analytics.service.events(contract.trafficHourlyUpdated)).map(({ data }) => data)
      return all.flatMap(({ hour, dimension, value, views }) =>
        hour.startsWith(`2026-01-28T${of}`) && ['site', 'country'].includes(dimension)
          ? [`${dimension} ${value} ${views}`]
          : [],
      )
    }
    await counted(...many(9, 'NL'), ...many(6, 'DE'), ...many(2, 'IS'))
    const first = await told()
    expect(first.sort()).toEqual(['country NL 9', 'country other 8', 'site  17'])
    await counted(look('another', 'NL'))
    expect((await told()).sort()).toEqual(first)
    await counted(...many(8, 'NL'))
    expect((await told()).sort()).toEqual([...first, 'country NL 18', 'site  26'].sort())
    await counted(...many(6, 'NL', '12'), ...many(2, 'IS', '12'))
    await counted(...many(3, 'DE', '12'))
    expect(await told('12')).toEqual(['site  8'])
    await counted(...many(2, 'DE', '12'))
    expect((await told('12')).sort()).toEqual(['country NL 6', 'country other 7', 'site  13', 'site  8'])
  })

  it('leaves an hour open until its sessions can have ended', async () => {
    const clock = analytics.service.get(Clock)
    const open = () =>
      analytics.database
        .collection('hour_states')
        .countDocuments({ _id: '2026-02-03T04:00:00.000Z' as never, isOpen: true })
    jest.spyOn(clock, 'now').mockReturnValue(new Date('2026-02-03T06:04:59Z'))
    await counted(view(newPage(), browser('a'), at('2026-02-03T04:59:59')))
    expect(await open()).toBe(1)
    jest.spyOn(clock, 'now').mockReturnValue(new Date('2026-02-03T06:05:00Z'))
    await keep()
    expect(await open()).toBe(0)
  })

  it('B12.1 a closer who slept changes nothing that was closed since', async () => {
    const [page, hour] = [newPage(), new Date('2026-02-05T04:00:00Z')]
    const look = (name: string) => view(page, browser(name), { ...at('2026-02-05T04:10:00'), language: 'gl' })
    const many = (count: number, name: string) => Array.from({ length: count }, (_, i) => look(`${name}${i}`))
    await analytics.publish(...many(6, 'a'))
    await analytics.service.untilIdle()
    const [before, asleep] = [await analytics.service.get(CountHour).execute(hour), Promise.withResolvers<void>()]
    const sleeper = await closerOf(hour, () => asleep.promise.then(() => before))
    const closed = sleeper.execute(async () => true)
    await counted(...many(7, 'b'))
    const stored = () => analytics.database.collection('hours').find({ at: hour }).sort({ _id: 1 }).toArray()
    const facts = () =>
      analytics.database
        .collection('hour_facts')
        .find({ _id: /^2026-02-05T04/ })
        .project({ parts: 1 })
        .sort({ _id: 1 })
        .toArray()
    const expected = [await stored(), await facts()]
    expect(await cells('hours', 'language')).toContain('2026-02-05T04 gl 13 13')
    asleep.resolve()
    await closed
    expect([await stored(), await facts()]).toEqual(expected)
  })

  it('begins no hour without the lease', async () => {
    await counted(view(newPage(), browser('a'), at('2026-02-06T04:10:00')))
    const count = jest.fn<ReturnType<CountHour['execute']>, [Date]>()
    const closer = await closerOf(new Date('2026-02-06T04:00:00Z'), count)
    expect(await closer.execute(async () => false)).toBe(0)
    expect(count).not.toHaveBeenCalled()
  })

  it('B12.1 takes no cells for kept that no majority has, though none but refused ones fail', async () => {
    const { hours } = analytics.service.get(HoursRepository)
    const db = analytics.service.get(Connection).db!
    const hour = new Date('2026-02-06T05:00:00Z')
    const cell = { dimension: 'country', value: 'IS', views: 1, repeats: 0, visitors: new Visitors() } as const
    await hours.writeClosed(hour, [cell], 2)
    await hours.writeOpen(hour, 1, [cell])
    const command = db.command.bind(db)
    jest.spyOn(db, 'command').mockImplementation((wanted, options) => {
      const unheard = 'writeConcern' in wanted && { writeConcern: { w: 2 } }
      return command({ ...wanted, ...unheard }, options)
    })
    await expect(hours.writeOpen(hour, 1, [cell])).rejects.toMatchObject({ writeErrors: [{ code: 11_000 }] })
  })

  it('leaves an hour open while many of its views wait', async () => {
    const open = async () =>
      analytics.database
        .collection('hour_states')
        .countDocuments({ _id: '2026-02-04T04:00:00.000Z' as never, isOpen: true })
    const clock = jest.spyOn(analytics.service.get(Clock), 'now')
    clock.mockReturnValue(new Date('2026-02-04T05:00:00Z'))
    await analytics.publish(view(newPage(), browser('a'), at('2026-02-04T04:59:59')))
    await analytics.service.untilIdle()
    const waiting = [{ topic: 'traffic.page-view', partition: 0, lag: 10_000, committed: 1 }]
    const lag = jest.spyOn(analytics.service.get(EventServer), 'lag').mockResolvedValue(waiting)
    // only now: the service closes by itself what is due
    clock.mockReturnValue(new Date('2026-02-04T09:00:00Z'))
    await keep()
    expect(await open()).toBe(1)
    lag.mockRestore()
    await keep()
    expect(await open()).toBe(0)
  })

  it('keeps at most 1,000 values of a dimension, also while an hour goes on', async () => {
    const page = newPage()
    const flood = Array.from({ length: 1_500 }, (_, i) => view(page, null, { referrerHost: `host${i}.example` }))
    for (let begin = 0; begin < flood.length; begin += 500) await analytics.publish(...flood.slice(begin, begin + 500))
    await counted()
    const referrers = async (from: Date) =>
      analytics.database
        .collection('hours')
        .find({ dimension: 'referrer', at: { $gte: from } })
        .toArray()
    const found = await referrers(new Date(Date.now() - HOUR_MS))
    expect(found.length).toBeLessThanOrEqual(2_000)
    const sum = found.reduce((all, { views }) => all + (views as number), 0)
    expect(sum).toBeGreaterThanOrEqual(1_500)
    expect(
      Math.max(...[...Map.groupBy(found, (cell) => String(cell['at'])).values()].map(({ length }) => length)),
    ).toBeLessThanOrEqual(1_000)
  })
})
