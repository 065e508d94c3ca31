import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { count, shown } from './fields.js'

const period = {
  from: shown(shownAs(z.iso.date().optional(), '2026-01-01'), 'UTC; the first day of the page unless said'),
  to: shown(shownAs(z.iso.date().optional(), '2026-01-31'), 'UTC; the last day that has closed unless said'),
  interval: shown(
    named('StatsInterval', z.enum(['day', 'week', 'month'])).default('day'),
    'the shortest time of a point',
  ),
}

const part = named(
  'StatsPart',
  z.strictObject({
    value: shown(shownAs(z.string(), 'search.example'), '`none`: not said; `other`: all that is not told apart'),
    views: count('5 or more'),
  }),
)

const pageStats = named(
  'PageStats',
  z.strictObject({
    total: shown(
      z.int().min(0).nullable(),
      'all views, as everybody sees them; those of today among them; null while the operator hides counts',
    ),
    unique: shown(z.int().min(0).nullable(), 'distinct browsers (estimate)'),
    series: z.array(
      named(
        'StatsPoint',
        z.strictObject({
          from: shown(z.iso.date()),
          to: shown(z.iso.date(), 'the last day of the point'),
          views: count('5 or more: days with fewer are joined with those that follow'),
        }),
      ),
    ),
    referrers: z.array(part),
    countries: z.array(part),
    rules: shown(shownAs(z.string(), '/help/counting'), 'how views are counted'),
  }),
)

export const getMyStats = defineApi({
  name: 'getMyStats',
  service: 'gateway',
  method: 'GET',
  path: '/v1/me/stats',
  summary:
    'How often my profile or a photo of mine was viewed, never by whom. No number is smaller than 5; a day is told once it has closed, without my own views. Referrers and countries are those of the points by week that end in the last four weeks (from Monday, UTC).',
  access: 'member',
  scope: 'photos:read',
  query: z.strictObject({
    subject: shown(shownAs(z.union([z.literal('profile'), z.uuid()]), 'profile'), '`profile`, or the id of a photo'),
    ...period,
  }),
  answer: pageStats,
  problems: ['gateway.page-not-found'],
})

export const getPageStats = defineApi({
  name: 'getPageStats',
  service: 'analytics',
  method: 'GET',
  path: '/internal/page-stats',
  summary: 'What the owner of a page may know of its views; the gateway asks for owners alone',
  access: { services: ['gateway'] },
  scope: null,
  query: z.strictObject({ page: shown(z.string().max(200), 'by its id'), ...period }),
  answer: pageStats,
})
