import { gateway } from '@mpics/contracts'
import { EventWriter } from '@mpics/eventing'
import { eventually, kafkaAccess } from '@mpics/testing'
import { uuidv7 } from 'uuidv7'
import { ExportPlaces } from '../src/exports/export-places.js'
import { KeepHours } from '../src/hours/keep-hours.js'
import { encodeTable } from '../src/tables/encode-table.js'
import { AnalyticsHarness, browser, newPage, view } from './setup/analytics-harness.js'

const PATH = '/v1/admin/traffic/export'
const analyst = { accountId: uuidv7(), roles: ['member', 'analyst'] as const }

describe('tables for analysts', () => {
  let analytics: AnalyticsHarness
  const written = [
    view(newPage(), browser('a'), { occurredAt: '2026-01-30T10:00:00Z', referrerHost: null }),
    view('/explore', null, { subjectId: null, occurredAt: '2026-01-30T11:00:00Z', botReason: 'rate', bot: true }),
    view('/', browser('b'), { subjectId: null, occurredAt: '2026-01-31T10:00:00Z', country: null }),
  ]
  beforeAll(async () => {
    analytics = await AnalyticsHarness.open()
    await analytics.publish(...written)
    const writer = await EventWriter.connect(kafkaAccess(analytics.service.environment['KAFKA_PREFIX']!))
    await writer.records('traffic.page-view', [{ key: 'x', value: 'no JSON' }, { key: 'x', value: '{}' }, { key: 'x' }])
    await writer.close()
  })
  afterAll(() => analytics.close())

  const get = (query: object) => analytics.service.as(analyst).get(PATH).query(query)
  const lines = async (query: object) => {
    const { text } = await get({ format: 'jsonl', ...query }).expect(200)
    return text
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line))
  }
  const byTime = (rows: unknown[]) =>
    (rows as { occurredAt: string }[]).toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))

  it('B14 of single views have the rows of the topic, and are for analysts and operators alone', async () => {
    expect(byTime(await lines({}))).toEqual(written.map(({ data }) => data))
    const roles = [['member'], ['member', 'support'], ['member', 'operator']] as const
    const statuses = roles.map(async (own) => (await analytics.service.as({ ...analyst, roles: own }).get(PATH)).status)
    expect(await Promise.all(statuses)).toEqual([403, 403, 200])
    expect((await analytics.service.as().get(PATH)).status).toBe(401)
  })

  it('begin and end when asked to, with the first moment and without the last', async () => {
    const between = (from: string, to: string, more = {}) => lines({ from, to, ...more })
    expect(byTime(await between('2026-01-30T10:00:00Z', '2026-01-30T11:00:00Z'))).toEqual([written[0]!.data])
    const all = written.map(({ data }) => data)
    expect(byTime(await between('2026-01-30T12:00:00+02:00', '2026-01-31T00:00:00Z'))).toEqual(all.slice(0, 2))
    // a date is the whole day, as in every answer
    expect(byTime(await between('2026-01-30', '2026-01-30'))).toEqual(all.slice(0, 2))
    expect(byTime(await between('2026-01-30', '2026-01-31'))).toEqual(all)
    const inKiritimati = { zone: 'Pacific/Kiritimati' }
    expect(byTime(await between('2026-01-31', '2026-01-31', inKiritimati))).toEqual(all.slice(0, 2))
    expect(await between('1926-01-01', '2026-01-29')).toEqual([])
    for (const wrong of [{ from: '2026-02-30' }, { to: 'now' }, { of: 'accounts' }, { format: 'xls' }, { limit: '1' }])
      await get(wrong).expect(422)
    await get({ from: '2026-01-31T00:00:00Z', to: '2026-01-31T00:00:00Z' }).expect(422)
  })

  it('as CSV have a line of names, and an empty cell for what is not known', async () => {
    const answer = await get({ from: '2026-01-31', to: '2026-01-31' }).expect(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="views.csv"',
      'cache-control': 'private, no-store',
    })
    const { data } = written[2]!
    const names = Object.keys(gateway.pageViewRecorded.schema.shape)
    const cells = names.map((name) => String((data as Record<string, string | number | boolean | null>)[name] ?? ''))
    expect(answer.text).toBe(`${names.join(',')}\r\n${cells.join(',')}\r\n`)
  })

  it('are written by a few at once; a place is free when its reader has gone', async () => {
    const endless = async function* () {
      for (let n = 0; ; n++) yield { n: await Promise.resolve(n) }
    }
    const columns = [{ name: 'n', type: 'INT64', nullable: false }] as const
    const places = analytics.service.get(ExportPlaces)
    const open = (format: 'csv' | 'parquet') =>
      places.during(() => Promise.resolve(encodeTable(format, columns, endless())))
    const streams = await Promise.all([open('csv'), open('parquet'), open('parquet')])
    await get({}).expect(429)
    await Promise.all(streams.map((stream) => new Promise((read) => stream.once('data', read))))
    for (const stream of streams) stream.destroy()
    await eventually(async () => (await get({})).status === 200)
  })

  it('of an answer have exactly the cells that the answer shows for the same question', async () => {
    const [yesterday, today] = [-1, 0].map((n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10))
    const occurredAt = `${yesterday}T10:00:00Z`
    const looks = ['a', 'b', 'c'].map((name) => view(newPage(), browser(name), { occurredAt, country: 'IS' }))
    await analytics.publish(...looks, view(newPage(), browser('d'), { occurredAt, country: 'FO' }))
    await analytics.service.untilIdle()
    await analytics.service.get(KeepHours).execute()
    const period = { from: yesterday, to: today }
    const questions: [string, object, string?][] = [
      ['pages', { ...period, by: 'views', limit: '80' }],
      ['countries', { ...period, zone: 'Europe/Berlin' }],
      ['referrers', { ...period, browser: 'Firefox' }],
      ['browsers', { ...period, by: 'os' }],
      ['bots', period],
      ['errors', period],
      ['latency', {}],
      ['series', { ...period, interval: 'day' }],
    ]
    for (const [of, asked] of questions) {
      const { body } = await analytics.service.as(analyst).get(`/v1/admin/traffic/${of}`).query(asked).expect(200)
      const shown = (body.items as object[]).map((item) => (of === 'series' ? { period: 'asked', ...item } : item))
      expect([of, await lines({ of, ...asked })]).toEqual([of, shown])
    }
    expect(await lines({ of: 'countries', ...period })).toMatchObject([
      { value: 'IS', views: 3 },
      { value: 'FO', views: 1 },
    ])
    const country = await get({ of: 'countries', ...period })
    expect(country.text).toMatch(/^value,views,repeats,visitors\r\n(?:\w+,\d+,\d+,\d+\r\n)*$/)
    expect(await lines({ of: 'summary', ...period, compare: 'previous' })).toMatchObject([
      { period: 'asked' },
      { period: 'compared', views: 0 },
    ])
    for (const name of ['crawlers', 'live']) await get({ of: name, format: 'parquet' }).expect(200)
  })

  it('refuse what the answer refuses, and say the same of it', async () => {
    const wrong: [string, object][] = [
      ['countries', { interval: 'day' }],
      ['countries', { from: '2026-02-30' }],
      ['pages', { limit: '81', by: 'looks' }],
      ['series', { compare: 'never', zone: 'Mars/Base' }],
      ['latency', { limit: 'x' }],
    ]
    for (const [of, asked] of wrong) {
      const { body } = await analytics.service.as(analyst).get(`/v1/admin/traffic/${of}`).query(asked).expect(422)
      const errors = (await get({ of, ...asked }).expect(422)).body.errors as object[]
      expect([of, errors]).toEqual([of, body.errors])
    }
    expect((await get({ from: '2026-02-30' }).expect(422)).body.errors).toMatchObject([
      { path: 'from', code: 'invalid' },
    ])
  })
})
