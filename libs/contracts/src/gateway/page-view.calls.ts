import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { traffic } from './fields.js'

const MAX_VIEWS = 20

const page = traffic(
  shownAs(characters(1, 2048), '/explore'),
  'a path of the site, e.g. /photos/<id> or /@<handle>; queries are dropped',
)
const referrer = traffic(
  shownAs(z.string(), 'https://search.example/').optional(),
  'where the visitor came from, however long; only its host is kept, if it is a name in the DNS',
)
const views = z
  .array(named('ShownPage', z.strictObject({ page, referrer })))
  .min(1)
  .max(MAX_VIEWS)

/** One view, or `views`. The documents say it by rules that generators of clients may pass over. */
const oneOrMany = z
  .strictObject({ page: page.optional(), referrer, views: views.optional() })
  .check(({ value, issues }) => {
    const issue = (path: string, code: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [path], params: { code }, message })
    if (value.views === undefined && value.page === undefined)
      issue('page', 'required', 'A view has a page; several are given as `views`.')
    if (value.views === undefined) return
    for (const field of ['page', 'referrer'] as const)
      if (value[field] !== undefined)
        issue(field, 'unknown-field', 'Beside `views` it has no place: each view has its own.')
  })
  .meta({
    minProperties: 1,
    dependentRequired: { referrer: ['page'] },
    dependentSchemas: { views: { maxProperties: 1 } },
    examples: [{ page: '/explore', referrer: 'https://search.example/' }],
  })

export const recordPageView = defineApi({
  name: 'recordPageView',
  service: 'gateway',
  method: 'POST',
  path: '/v1/page-views',
  summary:
    'Says that a page was shown, or up to 20 as `views`; 202 once all are safely recorded. If one cannot be, none is, and `errors` names it. Counts for a browser only if it sends the cookie `mpvid`, which the first answer gives; without cookies it counts in the total alone. The limit counts views.',
  access: 'anonymous',
  scope: 'page-views:write',
  body: oneOrMany,
  status: 202,
  problems: ['gateway.page-not-found', 'gateway.cross-site', 'events-unavailable'],
})
