import { z } from 'zod'
import { defineApi } from '../define-api.js'
import { field } from '../field.js'

const shown = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'public', purpose: 'trend-analysis', description })
const count = (description: string) => shown(z.int().min(0), description)

/** The key of a page: a path of the site with ids in it, never handles. The edge resolves `/@handle` before it asks. */
const pageKey = shown(
  z
    .string()
    .max(200)
    .regex(/^\/[^\s?#]*$/),
  'e.g. /photos/<id>, /profiles/<id>, /explore',
)

const traffic = z.strictObject({
  pages: count('pages that were viewed'),
  views: count('how often'),
  people: count('by about how many browsers (standard error 1.6 %)'),
})

export const getViews = defineApi({
  name: 'getViews',
  service: 'analytics',
  method: 'GET',
  path: '/v1/views',
  summary: 'How often pages were viewed, and by about how many browsers; without pages while the operator hides counts',
  access: 'anonymous',
  query: z.strictObject({
    page: shown(z.union([pageKey.transform((one) => [one]), z.array(pageKey).min(1).max(80)]), 'may be repeated'),
  }),
  answer: z.strictObject({
    items: z.array(
      z.strictObject({
        page: pageKey,
        total: count('all views but those of crawlers and of pages fetched ahead'),
        unique: count('distinct browsers (estimate)'),
      }),
    ),
  }),
})

export const getStats = defineApi({
  name: 'getStats',
  service: 'analytics',
  method: 'GET',
  path: '/v1/stats',
  summary: 'What everybody may know of the site’s traffic: today (UTC) and in all',
  access: 'anonymous',
  answer: z.strictObject({
    today: shown(traffic),
    all: shown(traffic),
  }),
})
