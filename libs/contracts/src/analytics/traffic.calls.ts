import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { wholeNumber } from '../define/query.js'
import { timeZone } from '../define/time-zone.js'
import { comparedPoints, count, shown } from './fields.js'

const access = { roles: ['analyst', 'operator'] } as const
const MAX_ITEMS = 80

const instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })])
const zone = shown(
  shownAs(timeZone.default('UTC'), 'Europe/Berlin'),
  'of dates without a time, and of the days, weeks and months of a series; hours are those of UTC',
)

const period = {
  from: shown(shownAs(instant.optional(), '2026-01-01'), 'the first day or moment; 30 days before the end unless said'),
  to: shown(shownAs(instant.optional(), '2026-01-31'), 'the last day, or the first moment after; now unless said'),
  zone,
}
const text = (max: number, example: string, description: string) =>
  shown(shownAs(characters(1, max).optional(), example), description)
const filters = {
  page: text(200, '/explore', 'a key with ids, e.g. /photos/<id>; one that nobody viewed has no views'),
  country: text(20, 'NL', 'ISO 3166-1 alpha-2, or `none`'),
  referrer: text(253, 'search.example', 'a host, or `none`'),
  browser: text(40, 'Firefox', 'a family, or `none`'),
  device: text(60, 'mobile', 'desktop, mobile, tablet or other'),
  bot: text(60, 'crawler', 'why it is no person, as `bots` says it; people alone unless said'),
}
export const intervals = ['hour', 'day', 'week', 'month'] as const
const interval = named('TrafficInterval', z.enum(intervals))
const compare = shown(
  named('TrafficComparison', z.enum(['previous', 'year'])).optional(),
  'previous: the time of the same length before; year: the same time a year before',
)

const asked = named(
  'TrafficPeriod',
  z.strictObject({
    from: shown(
      z.iso.datetime(),
      'full hours; later than asked where no more is kept: single views 30 days, hours 13 months',
    ),
    to: shown(z.iso.datetime()),
    closedUntil: shown(z.iso.datetime(), 'counts before this are final; later ones still change'),
    rules: shown(shownAs(z.string(), '/help/counting'), 'how views are counted'),
  }),
)
const counts = {
  views: count('of people, repeats among them'),
  repeats: count('views by a browser that had looked at the page within 30 minutes before'),
  visitors: count('distinct browsers (estimate, standard error 1.6 %)'),
}
const totals = named(
  'TrafficTotals',
  z.strictObject({
    ...counts,
    sessions: shown(z.int().min(0).nullable(), 'that began in closed hours; null where a filter is set'),
    bounces: shown(z.int().min(0).nullable(), 'sessions of one view'),
    averageSeconds: shown(z.number().min(0).nullable(), 'from the first view of a session to the last'),
  }),
)
const listItem = named('TrafficItem', z.strictObject({ value: shown(shownAs(z.string(), 'NL')), ...counts }))
const list = named('TrafficList', z.strictObject({ period: shown(asked), items: z.array(listItem) }))
const comparedTotals =
  'null where nothing is compared, or single views of that time, which filters that combine need, are not kept'
const point = named('TrafficPoint', z.strictObject({ at: shown(z.iso.datetime(), 'its beginning'), ...counts }))

const limit = shown(wholeNumber(1, MAX_ITEMS).default(40), 'the most viewed ones')
const problems = ['analytics.too-many-views', 'input-invalid']

export const getTrafficSummary = defineApi({
  name: 'getTrafficSummary',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/summary',
  summary: 'Views, visitors and sessions of a time, beside those of another one',
  access,
  scope: null,
  query: z.strictObject({ ...period, ...filters, compare }),
  answer: named(
    'TrafficSummary',
    z.strictObject({
      period: shown(asked),
      totals: shown(totals),
      comparedWith: shown(totals.nullable(), comparedTotals),
    }),
  ),
  problems,
})

export const getTrafficSeries = defineApi({
  name: 'getTrafficSeries',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/series',
  summary: 'Views and visitors by hour, day, week (from Monday) or month; at most 1,500 points',
  access,
  scope: null,
  query: z.strictObject({
    ...period,
    ...filters,
    compare,
    interval: shown(interval.optional(), 'by the length of the time unless said'),
  }),
  answer: named(
    'TrafficSeries',
    z.strictObject({
      period: shown(asked),
      interval: shown(interval),
      items: z.array(point),
      comparedWith: shown(z.array(point).nullable(), `${comparedPoints}; ${comparedTotals}`),
    }),
  ),
  problems,
})

const listOf = <Q extends z.ZodRawShape>(what: { name: string; path: string; summary: string }, more: Q) =>
  defineApi({
    ...what,
    service: 'analytics',
    method: 'GET',
    path: `/v1/admin/traffic/${what.path}`,
    access,
    scope: null,
    query: z.strictObject({ ...period, ...filters, limit, ...more }),
    answer: list,
    problems,
  })

export const getTrafficPages = listOf(
  {
    name: 'getTrafficPages',
    path: 'pages',
    summary: 'The most viewed pages; also those on which sessions begin or end',
  },
  {
    by: shown(
      named('PageRanking', z.enum(['views', 'entries', 'exits'])).default('views'),
      'entries and exits: sessions; no filter may be set',
    ),
  },
)
export const getTrafficReferrers = listOf(
  {
    name: 'getTrafficReferrers',
    path: 'referrers',
    summary: 'The sites from which visitors came; `none`: from nowhere',
  },
  {},
)
export const getTrafficCountries = listOf(
  { name: 'getTrafficCountries', path: 'countries', summary: 'The countries from which pages were viewed' },
  {},
)
export const getTrafficBrowsers = listOf(
  {
    name: 'getTrafficBrowsers',
    path: 'browsers',
    summary: 'The browsers, systems, devices, languages or agents of views',
  },
  { by: shown(named('BrowserDimension', z.enum(['browser', 'os', 'device', 'language', 'agent'])).default('browser')) },
)

export const getTrafficBots = defineApi({
  name: 'getTrafficBots',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/bots',
  summary: 'What was kept apart from people, and why; AI crawlers by company',
  access,
  scope: null,
  query: z.strictObject(period),
  answer: named(
    'TrafficBots',
    z.strictObject({
      period: shown(asked),
      items: z.array(
        named(
          'TrafficKind',
          z.strictObject({
            kind: shown(shownAs(z.string(), 'crawler'), '`person`, or why it is none'),
            reason: shown(shownAs(z.string(), 'its user agent names a crawler')),
            views: count('views of this kind'),
          }),
        ),
      ),
      companies: z.array(
        named(
          'CrawlerCompany',
          z.strictObject({ company: shown(shownAs(z.string(), 'OpenAI')), views: count('by its crawlers') }),
        ),
      ),
    }),
  ),
})

export const getTrafficLive = defineApi({
  name: 'getTrafficLive',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/live',
  summary: 'The last five minutes, or as many of them as the newest 50,000 views reach back',
  access,
  scope: null,
  answer: named(
    'LiveTraffic',
    z.strictObject({
      since: shown(z.iso.datetime()),
      views: count('of people'),
      visitors: count('distinct browsers'),
      bots: count('views that are kept apart'),
      pages: z.array(
        named('LivePage', z.strictObject({ page: shown(shownAs(z.string(), '/explore')), views: count('of people') })),
      ),
    }),
  ),
})

const requestPeriod = {
  from: period.from,
  to: period.to,
  route: text(200, '/v1/photos/:id', 'a template'),
}
const route = {
  route: shown(shownAs(z.string(), '/v1/photos/:id'), 'template'),
  method: shown(shownAs(z.string(), 'GET')),
  requests: count('answered'),
}

export const getTrafficErrors = defineApi({
  name: 'getTrafficErrors',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/errors',
  summary: 'Answers of 400 and above by route and status, the most frequent first',
  access,
  scope: null,
  query: z.strictObject({ ...requestPeriod, limit }),
  answer: named(
    'TrafficErrors',
    z.strictObject({
      items: z.array(named('RouteErrors', z.strictObject({ ...route, status: shown(shownAs(z.int(), 404)) }))),
    }),
  ),
})

const ms = (description: string) => shown(shownAs(z.number().min(0), 12.5), description)

export const getTrafficLatency = defineApi({
  name: 'getTrafficLatency',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/latency',
  summary: 'How long answers took by route, those with most requests first',
  access,
  scope: null,
  query: z.strictObject({ ...requestPeriod, limit }),
  answer: named(
    'TrafficLatency',
    z.strictObject({
      items: z.array(
        named(
          'RouteLatency',
          z.strictObject({
            ...route,
            meanMs: ms('mean'),
            p50Ms: ms('half of them took no longer, within 10 %'),
            p95Ms: ms('95 in 100 took no longer, within 10 %'),
            p99Ms: ms('99 in 100 took no longer, within 10 %'),
          }),
        ),
      ),
    }),
  ),
})

/** The part of the questions that says which views an answer is about. */
export type TrafficQuery = z.output<z.ZodObject<typeof period>> &
  Partial<Record<keyof typeof filters, string | undefined>>
