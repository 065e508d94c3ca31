import { z } from 'zod'
import { characters } from '../define/characters.js'
import { defineApi } from '../define/define-api.js'
import { time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { choice, consentSurfaces, noticeVersion, purpose } from './consent-fields.js'
import { language, secret, technical } from './fields.js'

/** A form that somebody sees; the link in a mail shows none. */
const shownSurface = consentSurfaces.strict.exclude(['one-click'])

export const servedToken = secret(
  shownAs(characters(1, 1_024), 'eyJpZCI6IjAxOTMxZjNlIn0.k3v9Qm2ZtX8cLwY0aB1nRf5e'),
  'proves what was shown; for one account, purpose and notice, good once within 24 hours',
)

export const getConsentForm = defineApi({
  name: 'getConsentForm',
  service: 'identity',
  method: 'GET',
  path: '/v1/consent-forms/{purpose}',
  summary:
    'What I am asked for one purpose, as it is to be shown, and the token that giving consent needs. Asking changes nothing; withdrawing needs no form.',
  access: 'member',
  closing: true,
  scope: null,
  params: z.strictObject({ purpose }),
  query: z.strictObject({
    locale: technical(language.optional(), 'consent', 'the language of the text; mine unless given'),
    surface: technical(named('ConsentSurface', shownSurface).default('api'), 'consent', 'where it is shown'),
  }),
  answer: named(
    'ConsentForm',
    z.strictObject({
      purpose,
      noticeVersion: technical(noticeVersion, 'consent', 'the privacy policy in force'),
      language: technical(language, 'consent'),
      textVersion: technical(shownAs(z.string(), '2015-03-14'), 'consent'),
      title: technical(z.string(), 'consent'),
      text: technical(z.string(), 'consent'),
      choices: technical(z.array(choice), 'consent'),
      textHash: technical(z.string(), 'consent', 'SHA-256 over a JSON array of title, text and labels, as base64url'),
      served: servedToken,
      expiresAt: time('consent', 'when the token ends'),
    }),
  ),
  problems: ['identity.account-not-found'],
})
