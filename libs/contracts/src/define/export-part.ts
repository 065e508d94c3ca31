import { z } from 'zod'
import { days, defineEvent, defineTopic } from './define-event.js'
import { field, id } from './field.js'
import type { ServiceName } from './services.js'

const held = { classification: 'technical', purpose: 'account' } as const

/** What each service states when its part of an export is written; only identity knows whose it is. */
export const exportPartOf = <S extends Exclude<ServiceName, 'gateway'>>(service: S) =>
  defineEvent({
    type: `${service}.export-part.ready.v1`,
    topic: defineTopic({ name: `${service}.export-part`, partitions: 3, retention: days(7), publishers: [service] }),
    summary: 'The part of a service in an export is written.',
    key: 'exportId',
    data: {
      exportId: id('account'),
      objectKey: field(z.string().max(200), { ...held, description: 'in the bucket of the exports' }),
      sha256: field(z.string().regex(/^[0-9a-f]{64}$/), { ...held, description: 'of the object' }),
      bytes: field(z.number().int().nonnegative(), held),
    },
    example: {
      exportId: '01931f3e-0000-7000-8000-00000000000e',
      objectKey: `parts/${service}/01931f3e-0000-7000-8000-00000000000e/01931f3e-0000-7000-8000-00000000000f`,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      bytes: 4096,
    },
  })
