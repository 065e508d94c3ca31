import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { locale } from './account.events.js'
import { personal, secret, technical } from './fields.js'

const erasureId = id('account')

export const claimLastMails = defineApi({
  name: 'claimLastMails',
  service: 'identity',
  method: 'POST',
  path: '/internal/last-mails/claims',
  summary:
    'Mails with the receipts of erasures that are to be sent now, for the caller alone for two minutes. The address is kept nowhere else.',
  access: { services: ['notifications'] },
  scope: null,
  status: 200,
  answer: z.strictObject({
    items: z.array(
      z.strictObject({
        erasureId,
        email: personal(z.string(), 'mail'),
        handle: personal(z.string(), 'mail'),
        locale: personal(locale, 'mail'),
        timeZone: personal(z.string(), 'mail'),
        begunAt: time('account'),
        finishedAt: time('account'),
        lastTraceAt: time('account'),
        receipt: secret(z.string(), 'signed; says when and how much was erased'),
      }),
    ),
  }),
})

export const settleLastMail = defineApi({
  name: 'settleLastMail',
  service: 'identity',
  method: 'POST',
  path: '/internal/last-mails/{erasureId}/outcome',
  summary:
    'What became of a last mail: its address is forgotten when it was sent or is refused for good. Safe to repeat.',
  access: { services: ['notifications'] },
  scope: null,
  params: z.strictObject({ erasureId }),
  body: z.strictObject({ outcome: technical(z.enum(['sent', 'refused', 'failed']), 'mail') }),
  status: 204,
  problems: ['identity.erasure-not-found'],
})
