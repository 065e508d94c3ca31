import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { named } from '../define/named.js'
import { count, shown } from './fields.js'

const traffic = named(
  'Traffic',
  z.strictObject({
    pages: count('pages that were viewed'),
    views: count('how often'),
    people: count('by about how many browsers (standard error 1.6 %)'),
  }),
)

export const getStats = defineApi({
  name: 'getStats',
  service: 'analytics',
  method: 'GET',
  path: '/v1/stats',
  summary:
    'What everybody may know of the site’s traffic: today (UTC) and in all; null while the operator hides counts',
  access: 'anonymous',
  scope: 'site:read',
  answer: named('Stats', z.strictObject({ today: shown(traffic.nullable()), all: shown(traffic.nullable()) })),
})
