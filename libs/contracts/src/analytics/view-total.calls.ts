import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { repeatable } from '../define/query.js'
import { count, shown } from './fields.js'

/** The key of a page: a path of the site with ids in it, never handles. The edge resolves `/@handle` before it asks. */
const pageKey = shown(
  shownAs(characters(1, 200).regex(/^\/[^\s?#]*$/), '/explore'),
  'e.g. /photos/<id>, /profiles/<id>, /explore',
)

const pageViews = named(
  'PageViews',
  z.strictObject({
    page: pageKey,
    total: count('all views but those of crawlers and of pages fetched ahead'),
    unique: count('distinct browsers (estimate)'),
  }),
)

export const getViews = defineApi({
  name: 'getViews',
  service: 'analytics',
  method: 'GET',
  path: '/v1/views',
  summary: 'How often pages were viewed, and by about how many browsers; without pages while the operator hides counts',
  access: 'anonymous',
  scope: 'site:read',
  query: z.strictObject({
    page: shown(repeatable(z.array(pageKey).min(1).max(80)), 'may be repeated'),
  }),
  answer: named('PageViewsList', z.strictObject({ items: z.array(pageViews) })),
})
