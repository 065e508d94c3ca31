import { z } from 'zod'
import { dataCategories } from './data-category.js'
import { defineApi } from './define-api.js'
import { field, id } from './field.js'
import { named, shownAs } from './named.js'
import type { ServiceName } from './services.js'

const said = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'account', description })

const end = shownAs(z.iso.datetime().nullable(), null)

/** How much one place holds about somebody. */
export const heldPlace = named(
  'HeldPlace',
  z.strictObject({
    where: said(shownAs(z.string(), 'identity: sessions'), 'as the inventory names it'),
    category: said(named('HeldCategoryName', dataCategories.open)),
    purpose: said(shownAs(z.string(), 'security'), 'why it is held'),
    retention: said(shownAs(z.string(), '90 days after the session was opened'), 'until when'),
    count: said(
      shownAs(z.int().min(0).nullable(), 3),
      'how many records; null: files, as many as belong to the records',
    ),
    isMore: said(z.boolean(), 'there are more than were counted'),
    endsFrom: said(end, 'when the first of them ends by itself'),
    endsUntil: said(end, 'when the last of them ends by itself'),
  }),
)

/** What a service answers of its register when a person asks what is held of them. */
export const defineHeldData = (service: Exclude<ServiceName, 'gateway'>) =>
  defineApi({
    name: `${service}HeldData`,
    service,
    method: 'POST',
    path: '/internal/held-data',
    summary: 'How much each place of the service holds about an account; nothing about one that it does not know',
    access: { services: ['gateway'] },
    scope: null,
    body: z.strictObject({ accountId: id('account') }),
    status: 200,
    answer: z.strictObject({ items: said(z.array(heldPlace)) }),
  })
