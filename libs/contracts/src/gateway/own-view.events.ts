import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { traffic } from './fields.js'

const ownViewTopic = defineTopic({
  name: 'traffic.own-view',
  partitions: 3,
  retention: days(30),
  publishers: ['gateway'],
  public: false,
})

/** Apart from all other views: beside them, one without a browser id would tell whose browser the views around it are of (B31). */
export const ownViewRecorded = defineEvent({
  type: 'traffic.own-view.recorded.v1',
  topic: ownViewTopic,
  summary: 'The owner of a page looked at it, which counts in its total alone. Every time is cut to the day.',
  key: 'page',
  data: {
    page: traffic(z.string().max(200), 'the page’s key, with ids and never handles, e.g. /photos/<id>'),
    day: traffic(z.iso.date(), 'UTC'),
  },
  example: { page: '/photos/01931f3e-0000-7000-8000-000000000101', day: '2026-01-31' },
})
