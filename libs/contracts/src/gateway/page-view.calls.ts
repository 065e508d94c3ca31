import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { shownAs } from '../define/named.js'
import { traffic } from './fields.js'

export const recordPageView = defineApi({
  name: 'recordPageView',
  service: 'gateway',
  method: 'POST',
  path: '/v1/page-views',
  summary:
    'Says that a page was shown; 202 once it is safely recorded. Counts for a browser only if it sends the cookie `mpvid`, which the first answer gives; without cookies it counts in the total alone.',
  access: 'anonymous',
  scope: 'page-views:write',
  body: z.strictObject({
    page: traffic(
      shownAs(characters(1, 2048), '/explore'),
      'a path of the site, e.g. /photos/<id> or /@<handle>; queries are dropped',
    ),
    referrer: traffic(
      shownAs(z.string(), 'https://search.example/').optional(),
      'where the visitor came from, however long; only its host is kept, if it is a name in the DNS',
    ),
  }),
  status: 202,
  problems: ['gateway.page-not-found', 'gateway.cross-site', 'events-unavailable'],
})
