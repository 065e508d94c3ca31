import { z } from 'zod'
import { dataCategories } from '../define/data-category.js'
import { defineApi } from '../define/define-api.js'
import { named, shownAs } from '../define/named.js'
import { open } from './fields.js'

const text = (example: string, description?: string) => open(shownAs(z.string(), example), description)

const inventoryField = named(
  'InventoryField',
  z.strictObject({
    name: text('emailChange.email', 'whole, as it is stored or sent; `*` stands for every name'),
    classification: text(
      'personal',
      'public, technical, identifier (a pseudonymous id of ours), personal, traffic (of a browser, tied to no account) or secret',
    ),
    description: open(shownAs(z.string().optional(), 'shown to nobody else')),
  }),
)

/** Each field of the system is in exactly one item. */
export const inventoryItem = named(
  'InventoryItem',
  z.strictObject({
    category: open(named('DataCategory', dataCategories.open)),
    where: text('identity: accounts', 'a collection or bucket of a service, a topic, the logs, …'),
    about: text('the account whose id is `_id`', 'whom it is about, and what leads to them'),
    purpose: text('account', 'why these fields are held'),
    retention: text('until the account is erased', 'how long'),
    erasure: text('with the account', 'how it ends when somebody leaves'),
    recipients: open(
      z.array(shownAs(z.string(), 'identity')),
      'who gets it: services of ours, `operators`, `analysts`, `chosen` (those to whom its owner shows it), `everybody`',
    ),
    fields: open(z.array(inventoryField)),
  }),
)

const inventory = named(
  'Inventory',
  z.strictObject({
    thirdParties: open(z.array(z.string()), 'who gets data besides this site; today nobody'),
    categories: open(
      z.array(
        named('DescribedCategory', z.strictObject({ category: text('profile'), description: text('what you say') })),
      ),
    ),
    items: open(z.array(inventoryItem)),
  }),
)

export const getInventory = defineApi({
  name: 'getInventory',
  service: 'identity',
  method: 'GET',
  path: '/v1/privacy/inventory',
  summary:
    'What this site holds of people: every field of every store, event, log line, trace and metric, why, how long, and who gets it',
  access: 'anonymous',
  scope: 'site:read',
  answer: inventory,
})
