import { z } from 'zod'
import { defineEvent, defineTopic, forEver } from '../define/define-event.js'
import { field } from '../define/field.js'

const ledgerTopic = defineTopic({
  name: 'identity.ledger',
  partitions: 1,
  retention: forEver,
  publishers: ['identity'],
  public: true,
})

const open = <T extends z.ZodType>(schema: T, description: string) =>
  field(schema, { classification: 'public', purpose: 'consent', description })

export const rootPublished = defineEvent({
  type: 'identity.ledger.root-published.v1',
  topic: ledgerTopic,
  summary: 'A day of all ledgers was closed: who holds a receipt can show that it was entered before.',
  key: 'day',
  data: {
    day: open(z.iso.date(), 'in UTC'),
    root: open(z.string().length(43), 'SHA-256 over the root of the day before and the tree of this day, as base64url'),
    entries: open(z.int().nonnegative(), 'entries that lie under this root, of this day and all before'),
  },
  example: { day: '2026-11-28', root: 'k3v9Qm2ZtX8cLwY0aB1nRf5eJ7uHs4dGpOiVbN6xTqM', entries: 4_211 },
})
