import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { serviceNames } from '../define/services.js'
import { technical } from './fields.js'

const status = named('ExportStatus', z.enum(['gathering', 'joining', 'ready', 'failed']))
const writers = serviceNames.filter((name) => name !== 'gateway')
const params = z.strictObject({ id: id('account') })

export const shownExport = named(
  'Export',
  z.strictObject({
    id: id('account'),
    status: technical(status, 'account', 'it waits for the parts of services, is joined, or can be fetched'),
    progress: technical(z.number().int().min(0).max(100), 'account', 'in hundredths'),
    waitingFor: technical(
      z.array(named('ExportWriter', shownAs(z.enum(writers), 'media'))),
      'account',
      'services whose part is not there yet',
    ),
    requestedAt: time('account'),
    url: technical(
      shownAs(z.string(), '/v1/me/exports/01931f3e-0000-7000-8000-00000000000e/file').optional(),
      'account',
      'the file, for its owner alone; absent until it is ready',
    ),
    sha256: technical(z.string().optional(), 'account', 'of the file, in hexadecimal'),
    bytes: technical(z.number().int().optional(), 'account', 'of the file'),
    expiresAt: time('account', 'from then on the file and this are gone').optional(),
  }),
)

export const requestExport = defineApi({
  name: 'requestExport',
  service: 'identity',
  method: 'POST',
  path: '/v1/me/exports',
  summary:
    'Asks for all that is held about me, as one zip: documents, lists, original photos, and a manifest of hashes. While one is made, this answers the same one; a mail tells when it is ready. Possible in the grace of a closed account, too.',
  access: 'member',
  unverified: true,
  closing: true,
  proof: true,
  scope: null,
  status: 202,
  answer: named('NewExport', z.strictObject({ id: id('account') })),
  location: '/v1/me/exports/{id}',
  problems: ['identity.too-many-exports', 'identity.account-not-found'],
})

export const getExport = defineApi({
  name: 'getExport',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/exports/{id}',
  summary: 'How far an export of mine is, and where its file is once it is ready',
  access: 'member',
  unverified: true,
  closing: true,
  scope: null,
  params,
  answer: shownExport,
  problems: ['identity.export-not-found'],
})

export const getExportFile = defineApi({
  name: 'getExportFile',
  service: 'identity',
  method: 'GET',
  path: '/v1/me/exports/{id}/file',
  summary: 'The file of an export of mine; takes ranges, and its entity tag is its SHA-256',
  access: 'member',
  unverified: true,
  closing: true,
  scope: null,
  params,
  // the last one for clients that know bytes alone
  answerTypes: ['application/zip', 'application/octet-stream'],
  problems: [
    'identity.export-not-found',
    'identity.export-not-ready',
    'identity.range-not-satisfiable',
    'identity.storage-unavailable',
    'precondition-failed',
  ],
})
