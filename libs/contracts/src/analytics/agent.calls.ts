import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { field, id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { lineOfText } from '../define/text.js'

const access = { roles: ['operator'] } as const
const MAX_AGENTS = 100

const name = field(shownAs(lineOfText(80), 'CDN of Example Inc.'), {
  classification: 'technical',
  purpose: 'administration',
  description: 'who delivers views',
})
const expiresAt = time('administration', 'after which its credential is good no more: two years ahead at most')
const ended = (description: string) =>
  field(shownAs(z.iso.datetime().nullable(), null), {
    classification: 'technical',
    purpose: 'administration',
    description,
  })
const agent = {
  id: id('administration'),
  name,
  createdAt: time('administration'),
  expiresAt,
  revokedAt: ended('its views are refused from then on; null: they are not'),
}

/** Agents that deliver page views from outside, such as a CDN’s logs (policy: “and its authorized agents”, B13). */
export const listAgents = defineApi({
  name: 'listAgents',
  service: 'analytics',
  method: 'GET',
  path: '/v1/admin/agents',
  summary: 'The agents that may deliver page views, newest first, without their credentials',
  access,
  scope: null,
  answer: named(
    'TrafficAgents',
    z.strictObject({ items: z.array(named('TrafficAgent', z.strictObject(agent))).max(MAX_AGENTS) }),
  ),
})

export const createAgent = defineApi({
  name: 'createAgent',
  service: 'analytics',
  method: 'POST',
  path: '/v1/admin/agents',
  summary: 'Authorises an agent; its credential is shown this once. At most 50 are good at a time.',
  access,
  scope: null,
  body: z.strictObject({ name, expiresAt }),
  status: 201,
  answer: named(
    'NewTrafficAgent',
    z.strictObject({
      ...agent,
      token: field(shownAs(z.string(), 'mpag_0000000000000000000000000000000000000000'), {
        classification: 'secret',
        purpose: 'security',
        description: 'for `Authorization: Bearer`; shown this once',
      }),
    }),
  ),
  problems: ['analytics.too-many-agents', 'input-invalid'],
})

export const revokeAgent = defineApi({
  name: 'revokeAgent',
  service: 'analytics',
  method: 'DELETE',
  path: '/v1/admin/agents/{id}',
  summary: 'Ends the credential of an agent, also for the rest of a batch that is being taken in',
  access,
  scope: null,
  params: z.strictObject({ id: id('administration') }),
  problems: ['analytics.agent-not-found'],
})

export const checkAgent = defineApi({
  name: 'checkAgent',
  service: 'analytics',
  method: 'POST',
  path: '/internal/agents/{id}/check',
  summary: 'Whether this credential is the agent’s, and good now; asked for each piece of a batch',
  access: { services: ['gateway'] },
  scope: null,
  params: z.strictObject({ id: id('trend-analysis') }),
  body: z.strictObject({ hash: field(z.string().length(43), { classification: 'secret', purpose: 'security' }) }),
  status: 200,
  answer: z.strictObject({ isGood: field(z.boolean(), { classification: 'technical', purpose: 'security' }) }),
})
