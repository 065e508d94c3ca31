import { z } from 'zod'
import { defineApi, pageOf } from '../define/define-api.js'
import { field } from '../define/field.js'
import { named, shownAs } from '../define/named.js'

const open = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'public', purpose: 'administration', description })

const cookie = named(
  'SiteCookie',
  z.strictObject({
    name: open(shownAs(z.string(), '__Secure-mpvid'), 'as browsers get it'),
    path: open(shownAs(z.string(), '/v1/page-views'), 'browsers send it to addresses under this one, and to no other'),
    setBy: open(shownAs(z.string(), 'gateway'), 'the service that gives it'),
    purpose: open(shownAs(z.string(), 'Tells how many browsers looked at a page.')),
    life: open(shownAs(z.string(), '180 days, not prolonged by visits')),
    maxAgeSeconds: open(
      shownAs(z.int().positive().nullable(), 15_552_000),
      'its longest life; null: it always ends with the browser',
    ),
    refused: open(shownAs(z.string(), 'Your views count in the totals alone.'), 'what changes for who refuses it'),
  }),
)

export const listCookies = defineApi({
  name: 'listCookies',
  service: 'gateway',
  method: 'GET',
  path: '/v1/privacy/cookies',
  summary: 'Every cookie of this site: what it is for, how long it lives, and what changes for who refuses it',
  access: 'anonymous',
  scope: 'site:read',
  answer: pageOf(cookie),
})

export const getPrivacyControl = defineApi({
  name: 'getPrivacyControl',
  service: 'gateway',
  method: 'GET',
  path: '/.well-known/gpc.json',
  summary: 'States that this site honours the signal `Sec-GPC: 1` (Global Privacy Control)',
  access: 'anonymous',
  scope: 'site:read',
  answer: named(
    'PrivacyControl',
    z.strictObject({
      gpc: open(z.literal(true)),
      lastUpdate: open(shownAs(z.iso.date(), '2026-11-29'), 'since when this statement holds'),
    }),
  ),
})
