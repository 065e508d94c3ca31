import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { traffic } from './fields.js'

const requestTopic = defineTopic({
  name: 'traffic.request',
  partitions: 12,
  retention: days(7),
  publishers: ['gateway'],
})

/** Holds no path, no browser and no person; and no more than the hour, or the route of a log-in would say when a member came (B05, B31). */
export const requestServed = defineEvent({
  type: 'traffic.request.served.v1',
  topic: requestTopic,
  summary:
    'The gateway answered a request. It names the template of the route, never the path; under load one fact stands for several requests.',
  key: 'route',
  data: {
    route: traffic(
      z.string().max(200),
      'template, e.g. /v1/photos/:id; “none” for a path without a route',
      'diagnosis',
    ),
    method: traffic(z.string().max(10), 'GET, POST, …; “other” for an unknown one', 'diagnosis'),
    status: traffic(z.int().min(100).max(599), 'HTTP status of the answer', 'diagnosis'),
    durationMs: traffic(z.number().min(0), 'from the request’s headers to the end of its answer', 'diagnosis'),
    weight: traffic(z.int().min(1).optional(), 'how many requests it stands for; 1 unless said', 'diagnosis'),
    occurredAt: traffic(z.iso.datetime(), 'cut to the hour', 'diagnosis'),
  },
  example: {
    route: '/v1/photos/:id',
    method: 'GET',
    status: 200,
    durationMs: 4.2,
    weight: 1,
    occurredAt: '2026-01-31T12:00:00Z',
  },
})
