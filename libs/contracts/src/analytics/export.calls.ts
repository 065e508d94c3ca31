import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { shownAs } from '../define/named.js'
import { shown } from './fields.js'

export const tableFormats = ['csv', 'jsonl', 'parquet'] as const
export type TableFormat = (typeof tableFormats)[number]

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

export const exportTraffic = defineApi({
  name: 'exportTraffic',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/traffic/export',
  summary: 'A table as a stream: `views` has the rows of the topic traffic.page-view, as long as it keeps them',
  access: { roles: ['analyst', 'operator'] },
  scope: null,
  query: z.strictObject({
    of: shown(z.enum(['views']).default('views')),
    format: shown(z.enum(tableFormats).default('csv')),
    from: shown(shownAs(moment.optional(), '2026-01-01'), 'the first moment, UTC; all that is kept unless said'),
    to: shown(shownAs(moment.optional(), '2026-01-31'), 'the first moment after; now unless said'),
  }),
  // the last one for clients that know bytes alone
  answerTypes: ['text/csv', 'application/x-ndjson', 'application/vnd.apache.parquet', 'application/octet-stream'],
  problems: ['analytics.busy', 'events-unavailable', 'input-invalid'],
})
