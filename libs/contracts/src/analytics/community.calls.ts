import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { comparedPoints, count, shown } from './fields.js'

const counts = {
  registrations: count('completed forms of registration'),
  verifications: count('addresses that were proven to be their owner’s'),
  erasures: count('accounts that were erased'),
  follows: count('somebody began to follow somebody'),
  unfollows: count('somebody ended to follow somebody'),
  uploads: count('pictures that were taken in, those that turned out to be none among them'),
  removals: count('photos that their owners put into the trash'),
  consentsGranted: count('consents for one purpose'),
  consentsWithdrawn: count('withdrawals of a consent for one purpose'),
}
const totals = named('CommunityCounts', z.strictObject(counts))
const point = named(
  'CommunityPoint',
  z.strictObject({ day: shown(z.iso.date(), 'the first day of the point'), ...counts }),
)

export const getTrafficCommunity = defineApi({
  name: 'getTrafficCommunity',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/community',
  summary:
    'Registrations, follows, uploads, consents and what undoes them, by day, week (from Monday) or month (UTC); at most 1,500 points',
  access: { roles: ['analyst', 'operator'] },
  scope: null,
  query: z.strictObject({
    from: shown(shownAs(z.iso.date().optional(), '2026-01-01'), 'the first day; 29 days before the last unless said'),
    to: shown(shownAs(z.iso.date().optional(), '2026-01-31'), 'the last day; today unless said'),
    interval: shown(named('CommunityInterval', z.enum(['day', 'week', 'month'])).default('day'), 'of a point'),
    compare: shown(
      named('CommunityComparison', z.enum(['previous', 'year'])).optional(),
      'previous: as many days before; year: the same days a year before',
    ),
  }),
  answer: named(
    'CommunitySeries',
    z.strictObject({
      period: shown(
        named(
          'CommunityPeriod',
          z.strictObject({
            from: shown(z.iso.date(), 'the first day'),
            to: shown(z.iso.date(), 'the last day'),
            closedUntil: shown(
              z.iso.date(),
              'days before this one are closed: what comes late still counts in its day',
            ),
          }),
        ),
      ),
      totals: shown(totals),
      items: z.array(point),
      comparedWith: shown(z.array(point).nullable(), comparedPoints),
    }),
  ),
  problems: ['input-invalid'],
})
