import { formCookie, knownBrowserCookie, pageSessionCookie } from './page-sessions/page-cookies.js'
import { visitorCookie } from './page-views/visitor-cookie.js'

/** One row of `/privacy/cookies`. Other cookies pass the edge in neither direction (B34). */
export interface SiteCookie {
  readonly name: string
  /** Browsers send it to paths under this one. */
  readonly path: string
  readonly life: string
  readonly purpose: string
  readonly refused: string
}

export const siteCookies: readonly SiteCookie[] = [
  {
    name: visitorCookie.name,
    path: visitorCookie.path,
    life: '180 days, not prolonged by visits; until the window closes on a shared computer',
    purpose:
      'Tells how many browsers, not only how many clicks, looked at a page. A random value that stands for nothing.',
    refused: 'Your views count in the totals and in no number of people. Everything else works.',
  },
  {
    name: pageSessionCookie.name,
    path: pageSessionCookie.path,
    life: 'as long as your session; until the window closes on a shared computer',
    purpose:
      'Keeps you logged in on the pages of this site. Nothing but the pages looks at it, and it is not counted with.',
    refused: 'You cannot log in on the pages of this site. You can look at everything that everybody may see.',
  },
  {
    name: formCookie.name,
    path: formCookie.path,
    life: 'until you have logged in, or the window closes',
    purpose: 'Proves that the form to log in was shown in your browser, so that no other site logs you in.',
    refused: 'You cannot log in on the pages of this site.',
  },
  {
    name: knownBrowserCookie.name,
    path: knownBrowserCookie.path,
    life: '90 days',
    purpose:
      'Recognises a browser from which you logged in on the pages, so that wrong guesses of a stranger do not make you wait there. Not kept on a shared computer.',
    refused: 'While somebody guesses at your password, you have to wait between log-ins as they do.',
  },
  {
    name: 'mprefresh',
    path: '/v1/sessions',
    life: 'as long as your session; until the window closes on a shared computer',
    purpose: 'Keeps you logged in without letting scripts see the key. Set only where you ask for it when you log in.',
    refused: 'You can log in, and have to do so again when the page was closed.',
  },
  {
    name: 'mpbrowser',
    path: '/v1/sessions',
    life: '90 days',
    purpose:
      'Recognises a browser from which you logged in before, so that wrong guesses of a stranger do not make you wait there, and you are told of log-ins from others. Not kept on a shared computer.',
    refused: 'While somebody guesses at your password, you have to wait between log-ins as they do.',
  },
  {
    name: 'mpshared',
    path: visitorCookie.path,
    life: 'until the window closes',
    purpose:
      'Says that somebody logged in here on a shared computer, so that the cookie for counting ends with the window too. The same for everybody.',
    refused: 'On a shared computer the cookie for counting stays for its time.',
  },
  {
    name: 'mpage',
    path: '/v1/accounts',
    life: '24 hours',
    purpose: 'Says that a registration was refused because of the age that was given, and nothing else.',
    refused: 'Nothing changes for you.',
  },
]
