import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { vocabulary } from '../define/vocabulary.js'
import { traffic } from './fields.js'

const pageViewTopic = defineTopic({
  name: 'traffic.page-view',
  partitions: 12,
  retention: days(30),
  publishers: ['gateway'],
})

export const pageKinds = vocabulary('page kind', {
  home: 'the first page',
  explore: 'photos of everybody',
  photo: 'one photo',
  profile: 'one photographer',
  policy: 'a policy document',
  help: 'a page of help',
  privacy: 'a page about privacy',
})
export const deviceKinds = vocabulary('device kind', {
  desktop: 'a desktop or laptop',
  mobile: 'a telephone',
  tablet: 'a tablet',
  other: 'anything else, or not said',
})
export const loadKinds = vocabulary('load kind', {
  navigation: 'somebody opened the page',
  prefetch: 'fetched ahead; nobody may have looked',
  prerender: 'fetched and drawn ahead; nobody may have looked',
  preview: 'a preview of a link',
})
export const botReasons = vocabulary('bot reason', {
  crawler: 'its user agent names a crawler, a monitor, a headless browser or an HTTP library',
  'ai-crawler': 'its user agent names a crawler that collects for a language model',
  rate: 'more views in a minute than a person makes',
  'no-sub-resources': 'it loads page after page, and nothing that belongs to them',
})

export const pageViewRecorded = defineEvent({
  type: 'traffic.page-view.recorded.v1',
  topic: pageViewTopic,
  summary:
    'A browser showed a page of the site. Times are cut to the second; nothing in it leads to an account. The views of a page’s owner are in `traffic.own-view`.',
  key: 'page',
  data: {
    page: traffic(z.string().max(200), 'the page’s key, with ids and never handles, e.g. /photos/<id>'),
    pageKind: traffic(pageKinds.open, 'what the page shows'),
    subjectId: traffic(z.uuid().nullable(), 'the photo or profile that the page shows'),
    browserId: traffic(
      z
        .string()
        .regex(/^[A-Za-z0-9]+$/)
        .max(64)
        .nullable(),
      'value of the cookie mpvid; null without cookies',
    ),
    ipPrefix: traffic(z.string().max(50).nullable(), 'IPv4 /24 or IPv6 /48', 'diagnosis'),
    country: traffic(z.string().length(2).nullable(), 'ISO 3166-1 alpha-2'),
    referrerHost: traffic(z.string().max(253).nullable(), 'a name in the DNS; null for anything else'),
    browser: traffic(z.string().max(40).nullable(), 'a family of a closed list, without versions; null: another'),
    os: traffic(z.string().max(40).nullable(), 'a family of a closed list; null: another'),
    device: traffic(deviceKinds.open, 'by the user agent'),
    language: traffic(z.string().max(20).nullable(), 'a code of ISO 639 that CLDR knows; null: another'),
    loadKind: traffic(loadKinds.open, 'how the page was fetched; only navigations count'),
    bot: traffic(z.boolean(), 'no person; kept apart, and in no total', 'administration'),
    botReason: traffic(botReasons.open.nullable().optional(), 'why it is taken for no person', 'administration'),
    crawlerOf: traffic(
      z.string().max(40).nullable().optional(),
      'the company of an AI crawler, of a closed list',
      'administration',
    ),
    agentId: traffic(
      z.uuid().nullable(),
      'the authorised agent that delivered it (B13); null: this site',
      'administration',
    ),
    occurredAt: traffic(z.iso.datetime(), 'cut to the second', 'diagnosis'),
  },
  example: {
    page: '/photos/01931f3e-0000-7000-8000-000000000101',
    pageKind: 'photo',
    subjectId: '01931f3e-0000-7000-8000-000000000101',
    browserId: 'k3v9Qm2ZtX8cLwY0aB1nRf5e',
    ipPrefix: '192.0.2.0/24',
    country: 'NL',
    referrerHost: 'search.example',
    browser: 'Firefox',
    os: 'Linux',
    device: 'desktop',
    language: 'en',
    loadKind: 'navigation',
    bot: false,
    botReason: null,
    crawlerOf: null,
    agentId: null,
    occurredAt: '2026-01-31T12:00:00Z',
  },
})
