import { z } from 'zod'
import { compactedOfNobody, defineEvent, defineTopic } from '../define/define-event.js'
import { vocabulary } from '../define/vocabulary.js'
import { shown } from './fields.js'

const trafficHourlyTopic = defineTopic({
  name: 'analytics.traffic-hourly',
  partitions: 3,
  retention: compactedOfNobody,
  publishers: ['analytics'],
})

/** Pages are not among them: their totals are in `analytics.view-total`, and an hour of one page is a small number. */
export const trafficDimensions = vocabulary('traffic dimension', {
  site: 'the whole site; its value is empty',
  referrer: 'the host from which visitors came, or none',
  country: 'ISO 3166-1 alpha-2, or none',
  browser: 'a family, or none',
  os: 'a family, or none',
  device: 'desktop, mobile, tablet or other',
  language: 'a code of ISO 639, or none',
})

export const trafficHourlyUpdated = defineEvent({
  type: 'analytics.traffic-hourly.updated.v1',
  topic: trafficHourlyTopic,
  summary:
    'How often pages were viewed in a closed hour, by one thing that views have in common. No number is under five; the parts of a dimension added up to the site when they were told. Later ones replace earlier ones.',
  key: ({ hour, dimension, value }) => `${hour} ${dimension} ${value}`,
  data: {
    hour: shown(z.iso.datetime(), 'its beginning'),
    dimension: shown(trafficDimensions.open, 'what the views have in common'),
    value: shown(z.string().max(253), 'of the dimension; empty for the site; `other`: all that is not told apart'),
    views: shown(z.int().min(5), 'of people, repeats among them'),
    visitors: shown(
      z.int().min(5).nullable(),
      'estimate of distinct browsers (HyperLogLog, standard error 1.6 %); null where a part of the dimension has fewer than five',
    ),
  },
  example: { hour: '2026-01-31T12:00:00Z', dimension: 'country', value: 'NL', views: 61, visitors: 17 },
})
