import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { timeZone } from '../define/time-zone.js'
import { shown } from './fields.js'

export const tableFormats = ['csv', 'jsonl', 'parquet'] as const
export type TableFormat = (typeof tableFormats)[number]

/** The single views, and the answers that are tables, by the last part of the path of their calls; `crawlers` are the companies among bots. */
const tables = [
  'views',
  'summary',
  'series',
  'pages',
  'referrers',
  'countries',
  'browsers',
  'bots',
  'crawlers',
  'live',
  'errors',
  'latency',
  'community',
] as const
export type ExportedTable = (typeof tables)[number]
export type ExportedAnswer = Exclude<ExportedTable, 'views'>

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])
export const exportedViews = z.strictObject({
  from: shown(shownAs(moment.optional(), '2026-01-01'), 'the first day or moment; all that is kept unless said'),
  to: shown(shownAs(moment.optional(), '2026-01-31'), 'the last day, or the first moment after; now unless said'),
  zone: shown(timeZone.default('UTC'), 'of dates without a time'),
})

/** The call of the answer says what it may be, and refuses it where it has no place. */
const asked = (example: string, description: string) =>
  shown(shownAs(characters(1, 253).optional(), example), description)

export const exportTraffic = defineApi({
  name: 'exportTraffic',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/export',
  summary:
    'A table as a stream. `views` has the rows of the topic traffic.page-view, as long as it keeps them; every other one has exactly what the answer of that name shows for the same question',
  access: { roles: ['analyst', 'operator'] },
  scope: null,
  query: z.strictObject({
    of: shown(named('TrafficTable', z.enum(tables)).default('views')),
    format: shown(named('TableFormat', z.enum(tableFormats)).default('csv')),
    from: asked('2026-01-01', 'the first day or moment'),
    to: asked('2026-01-31', 'the last day, or the first moment after'),
    zone: asked('Europe/Berlin', 'of dates without a time'),
    page: asked('/explore', 'a filter'),
    country: asked('NL', 'a filter'),
    referrer: asked('search.example', 'a filter'),
    browser: asked('Firefox', 'a filter'),
    device: asked('mobile', 'a filter'),
    bot: asked('crawler', 'a filter'),
    route: asked('/v1/photos/:id', 'a filter of errors and latency'),
    by: asked('views', 'as the lists of pages and browsers take it'),
    interval: asked('day', 'of a series'),
    compare: asked('previous', 'of a summary or series: rows of the other time follow, with `period` compared'),
    limit: asked('80', 'of a list'),
  }),
  // the last one for clients that know bytes alone
  answerTypes: ['text/csv', 'application/jsonl', 'application/vnd.apache.parquet', 'application/octet-stream'],
  problems: ['analytics.busy', 'analytics.too-many-views', 'events-unavailable', 'input-invalid'],
})
