import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi, pageOf, pageQuery } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { personal, secret, technical } from './fields.js'

const session = {
  sessionId: id('security'),
  accessToken: secret(
    shownAs(z.string(), 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln'),
    'JWT (ES256) for `Authorization: Bearer`',
  ),
  expiresIn: technical(shownAs(z.int().positive(), 600), 'security', 'seconds until the access token expires'),
  refreshToken: secret(
    shownAs(z.string(), 'k3v9Qm2ZtX8cLwY0aB1nRf5e').optional(),
    'works once; absent where it comes as a cookie',
  ),
}

/** What a log-in says about the browser, and how it wants the tokens. */
export const sessionSetting = {
  sharedComputer: technical(
    z.boolean().default(false),
    'security',
    'ends after 15 minutes without use; nothing stays in the browser once it is closed',
  ),
  tokenTransport: technical(
    named('TokenTransport', z.enum(['body', 'cookie'])).default('body'),
    'security',
    'how the refresh token comes; `cookie`: HttpOnly and SameSite=Strict',
  ),
  browserToken: secret(
    shownAs(characters(1, 256), 'Qm2ZtX8cLwY0aB1nRf5ek3v9').optional(),
    'from an earlier log-in; needless where the browser keeps it as a cookie',
  ),
}

export const newSession = named(
  'NewSession',
  z.strictObject({
    ...session,
    browserToken: secret(
      shownAs(z.string(), 'Qm2ZtX8cLwY0aB1nRf5ek3v9').optional(),
      'shows at the next log-in that this browser is known; absent where it comes as a cookie, and on a shared computer',
    ),
  }),
)

export const logIn = defineApi({
  name: 'logIn',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions',
  summary:
    'Logs in. After ten attempts without success the next ones must wait, for longer each time, up to 15 minutes (429); those from a browser that logged in before wait for their own attempts alone. Where the password is right and the account has a second factor, nobody is logged in yet: 401 `identity.factor-needed` names `sessionId`, `factors` and, in seconds, `expiresIn` for `POST /v1/sessions/{id}/factor`. An account that is being closed can then be restored and logged off, and nothing else (403 `identity.account-closing`).',
  access: 'anonymous',
  scope: null,
  body: z.strictObject({
    login: personal(
      shownAs(characters(1, 254), 'ansel_a'),
      'account',
      'handle or verified e-mail address; blanks around it, and an @ before a handle, do not count',
    ),
    password: secret(shownAs(characters(1, 256), 'correct horse battery 7')),
    ...sessionSetting,
  }),
  status: 201,
  answer: newSession,
  problems: [
    'identity.login-failed',
    'identity.factor-needed',
    'identity.account-locked',
    'identity.busy',
    'rate-limited',
  ],
})

export const refreshSession = defineApi({
  name: 'refreshSession',
  service: 'identity',
  method: 'POST',
  path: '/v1/sessions/refresh',
  summary:
    'Changes a refresh token, from the body or the cookie, for the next one. Used again within 10 s it gives the same; later the session ends.',
  access: 'anonymous',
  scope: null,
  body: z
    .strictObject({ refreshToken: secret(shownAs(characters(1, 256), 'k3v9Qm2ZtX8cLwY0aB1nRf5e').optional()) })
    .default({}),
  status: 200,
  answer: named('RefreshedSession', z.strictObject(session)),
  problems: ['identity.refresh-invalid', 'identity.refresh-reused', 'identity.session-ended'],
})

const openSession = named(
  'Session',
  z.strictObject({
    id: id('security'),
    device: personal(shownAs(z.string(), 'Firefox on Linux'), 'security', 'browser and system'),
    place: personal(shownAs(z.string(), 'NL').nullable(), 'security', 'country (ISO 3166-1), where it is known'),
    openedAt: time('security'),
    lastSeenAt: time('security', 'to within ten minutes'),
    sharedComputer: technical(z.boolean(), 'security'),
    current: technical(z.boolean(), 'security'),
  }),
)

export const listSessions = defineApi({
  name: 'listSessions',
  service: 'identity',
  method: 'GET',
  path: '/v1/sessions',
  summary: 'Where I am logged in, newest first',
  access: 'member',
  scope: null,
  query: z.strictObject(pageQuery),
  answer: pageOf(openSession),
  problems: ['cursor-invalid'],
})

export const logOff = defineApi({
  name: 'logOff',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/sessions/current',
  summary:
    'Logs off by the access token, or by the cookie with the refresh token alone: the session ends, its access tokens stop working, the browser is told to clear what it kept',
  access: 'anonymous',
  unverified: true,
  closing: true,
  scope: null,
  problems: ['unauthenticated'],
})

export const endSession = defineApi({
  name: 'endSession',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/sessions/{id}',
  summary: 'Ends one of my sessions',
  access: 'member',
  scope: null,
  params: z.strictObject({ id: id('security') }),
  problems: ['identity.session-not-found'],
})

export const endOtherSessions = defineApi({
  name: 'endOtherSessions',
  service: 'identity',
  method: 'DELETE',
  path: '/v1/sessions',
  summary: 'Ends all of my sessions but this one',
  access: 'member',
  scope: null,
})
