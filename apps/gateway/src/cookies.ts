import { formCookie, knownBrowserCookie, pageSessionCookie } from './page-sessions/page-cookies.js'
import { choiceCookie, visitorCookie } from './page-views/visitor-cookie.js'

/** One row of the list of cookies. Other cookies pass the edge in neither direction (B34). */
interface CookieFacts {
  readonly name: string
  /** Browsers send it to paths under this one. */
  readonly path: string
  readonly setBy: 'gateway' | 'identity'
  /** Its longest life; null: it always ends with the browser. */
  readonly maxAgeSeconds: number | null
}

const HOUR = 3600
const DAY = 24 * HOUR

/** All cookies of the site, in the order in which people read of them. */
export const siteCookies = {
  visitor: { ...visitorCookie, setBy: 'gateway' },
  choice: { ...choiceCookie, setBy: 'gateway' },
  pageSession: { ...pageSessionCookie, setBy: 'gateway', maxAgeSeconds: 90 * DAY },
  form: { ...formCookie, setBy: 'gateway', maxAgeSeconds: null },
  pageBrowser: { ...knownBrowserCookie, setBy: 'gateway' },
  refresh: { name: 'mprefresh', path: '/v1/sessions', setBy: 'identity', maxAgeSeconds: 30 * DAY },
  browser: { name: 'mpbrowser', path: '/v1/sessions', setBy: 'identity', maxAgeSeconds: 90 * DAY },
  shared: { name: 'mpshared', path: visitorCookie.path, setBy: 'identity', maxAgeSeconds: null },
  age: { name: 'mpage', path: '/v1/accounts', setBy: 'identity', maxAgeSeconds: 24 * HOUR },
} as const satisfies Record<string, CookieFacts>

export type SiteCookie = keyof typeof siteCookies
