import { z } from 'zod'
import { days, defineEvent, defineTopic } from './define-event.js'
import { field, id } from './field.js'
import type { ServiceName } from './services.js'

const count = (description: string) =>
  field(z.int().nonnegative(), { classification: 'technical', purpose: 'account', description })

/** The answer of one service to `identity.account.erased`; it names no account. */
export const erasureCompletedBy = (service: ServiceName) =>
  defineEvent({
    type: `${service}.erasure.completed.v1`,
    topic: defineTopic({
      name: `${service}.erasure`,
      partitions: 3,
      retention: days(30),
      publishers: [service],
      public: false,
    }),
    summary: `What ${service} held of an erased account is gone.`,
    key: 'erasureId',
    data: {
      erasureId: id('account', 'leads to no account once the erasure has ended'),
      documents: count('documents that were deleted, or lost their mention of the account'),
      objects: count('stored files that were deleted'),
    },
    example: { erasureId: '01931f3e-0000-7000-8000-0000000000e1', documents: 12, objects: 3 },
  })
