import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { traffic } from './fields.js'

const KIB = 1024

/** Anybody can make the gateway hold a body before it knows the agent, so that it is small. */
export const agentBatch = { maxBytes: 256 * KIB, maxViews: 500 } as const

/** So many characters of each text are read: agents cut the rest, lest what one visitor wrote fills the body. */
export const agentViewReads = { page: 2_048, ip: 64, userAgent: 512, language: 200, purpose: 64 } as const

/** What visitors wrote, however long or empty: no length of it is an error. */
const text = (example: string, description: string) => traffic(shownAs(z.string().optional(), example), description)
const firstOf = (field: keyof typeof agentViewReads) =>
  `no more than the first ${agentViewReads[field]} characters are read`

const view = named(
  'AgentView',
  z.strictObject({
    page: traffic(
      shownAs(z.string(), '/explore'),
      `a path of the site, none is longer than ${agentViewReads.page} characters; queries are dropped`,
    ),
    occurredAt: traffic(z.iso.datetime({ offset: true }), 'within the last 7 days'),
    ip: text(
      '192.0.2.77',
      `cut to /24 or /48 before anything else is done with it; no address is longer than ${agentViewReads.ip} characters`,
    ),
    userAgent: text(
      'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      `without it the view is a crawler’s; ${firstOf('userAgent')}`,
    ),
    referrer: text('https://search.example/', 'only its host is kept, so that its origin is enough'),
    language: text('en-GB,en;q=0.8', `as in Accept-Language; ${firstOf('language')}`),
    purpose: text('prefetch', `as in Sec-Purpose; ${firstOf('purpose')}`),
  }),
)

export const recordAgentViews = defineApi({
  name: 'recordAgentViews',
  service: 'gateway',
  method: 'POST',
  path: '/v1/traffic/agents/{agentId}/page-views',
  summary: `An authorised agent delivers views: its own credential as \`Authorization: Bearer mpag_…\`. 202 once they are safely recorded; a batch that is sent again counts once. A body has at most ${agentBatch.maxBytes} bytes, else it is a 413 as a whole: cut each text to what is read of it, and divide batches by their bytes. Views count in totals alone, since no browser is known.`,
  access: 'anonymous',
  scope: null,
  params: z.strictObject({ agentId: id('administration') }),
  body: z.strictObject({
    batchId: traffic(
      shownAs(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), 'edge-7-000042'),
      'one batch, whatever is sent under it later',
      'administration',
    ),
    views: z.array(view).min(1).max(agentBatch.maxViews),
  }),
  status: 202,
  answer: named(
    'AgentViewsTaken',
    z.strictObject({
      accepted: traffic(z.int().min(0), 'recorded now, or by the same batch before'),
      refused: z.array(
        named(
          'RefusedView',
          z.strictObject({
            index: traffic(z.int().min(0)),
            code: traffic(shownAs(z.string(), 'page-not-found'), 'page-not-found or out-of-range'),
          }),
        ),
      ),
    }),
  ),
  problems: ['unauthenticated', 'events-unavailable'],
})
