import { z } from 'zod'
import { compactedOfNobody, defineEvent, defineTopic } from '../define/define-event.js'
import { vocabulary } from '../define/vocabulary.js'
import { countingRules } from './counting-rules.js'
import { shown } from './fields.js'

const communityDailyTopic = defineTopic({
  name: 'analytics.community-daily',
  partitions: 1,
  retention: compactedOfNobody,
  publishers: ['analytics'],
})

/** What people do beside looking at pages. Each is a number of acts: whoever follows twice is counted twice. */
export const communityMetrics = vocabulary('community metric', {
  registrations: 'completed forms of registration',
  verifications: 'addresses that were proven to be their owner’s',
  erasures: 'accounts that were erased',
  follows: 'somebody began to follow somebody',
  unfollows: 'somebody ended to follow somebody',
  uploads: 'pictures that were taken in, those that turned out to be none among them',
  removals: 'photos that their owners put into the trash',
  'consents-granted': 'consents for one purpose',
  'consents-withdrawn': 'withdrawals of a consent for one purpose',
})

export const communityDailyUpdated = defineEvent({
  type: 'analytics.community-daily.updated.v1',
  topic: communityDailyTopic,
  summary:
    'How often people did something in closed days (UTC). No number is under five: days with fewer are joined with those that follow, so that all numbers of a metric add up to what happened. Later ones replace earlier ones, also those of a metric whose days overlap theirs: after a restore days may be joined otherwise.',
  key: ({ day, metric }) => `${day} ${metric}`,
  data: {
    day: shown(z.iso.date(), 'the last day of the number'),
    since: shown(z.iso.date(), 'the first day of the number: `day` itself where that day alone has five'),
    metric: shown(communityMetrics.open, 'which acts were counted'),
    count: shown(z.int().min(countingRules.smallestPart), 'of `since`, `day` and all days between'),
  },
  example: { day: '2026-01-31', since: '2026-01-31', metric: 'registrations', count: 12 },
})
