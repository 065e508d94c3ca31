import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { uuid } from '../define/field.js'
import { locale } from './account.events.js'

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
        erasureId: uuid,
        email: z.string(),
        handle: z.string(),
        locale,
        timeZone: z.string(),
        begunAt: z.iso.datetime(),
        finishedAt: z.iso.datetime(),
        lastTraceAt: z.iso.datetime(),
        receipt: z.string(),
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
  params: z.strictObject({ erasureId: uuid }),
  body: z.strictObject({ outcome: z.enum(['sent', 'refused', 'failed']) }),
  status: 204,
  problems: ['identity.erasure-not-found'],
})
