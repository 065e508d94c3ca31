import { z } from 'zod'
import { compacted, defineEvent, defineTopic } from '../define/define-event.js'
import { field } from '../define/field.js'

const viewTotalTopic = defineTopic({
  name: 'analytics.view-total',
  partitions: 6,
  retention: compacted,
  publishers: ['analytics'],
})

const total = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'public', purpose: 'trend-analysis', description })

export const viewTotalUpdated = defineEvent({
  type: 'analytics.view-total.updated.v1',
  topic: viewTotalTopic,
  summary: 'How often a page was viewed, and by about how many browsers. Later ones replace earlier ones.',
  key: 'page',
  data: {
    page: total(z.string().max(200), 'the page’s key, with ids and never handles, e.g. /photos/<id>'),
    total: total(z.int().min(0), 'views of people, repeats among them'),
    unique: total(z.int().min(0), 'estimate of distinct browsers (HyperLogLog, standard error 1.6 %)'),
    asOf: total(z.iso.datetime(), 'when the newest view that was counted occurred'),
  },
  example: { page: '/photos/01931f3e-0000-7000-8000-000000000101', total: 15, unique: 3, asOf: '2026-01-31T12:00:00Z' },
})
