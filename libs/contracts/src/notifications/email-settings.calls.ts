import { z } from 'zod'
import { defineApi } from '../define/define-api.js'
import { named } from '../define/named.js'
import { mail } from './fields.js'

/** The choices of a member for mails about what happens on the site: one each, gathered into one a day or a week, none. */
export const emailChoice = named('EmailChoice', z.enum(['immediate', 'daily', 'weekly', 'off']))

/** Categories that a member chooses about (policy: "we will send you emails based on your profile settings", B19). */
export const chosenCategories = ['follows', 'messages', 'comments', 'favourites'] as const

const choices = Object.fromEntries(chosenCategories.map((c) => [c, mail(emailChoice)])) as Record<
  (typeof chosenCategories)[number],
  typeof emailChoice
>

const optionalChoices = Object.fromEntries(chosenCategories.map((c) => [c, mail(emailChoice.optional())])) as Record<
  (typeof chosenCategories)[number],
  z.ZodOptional<typeof emailChoice>
>

/** The answer of GET may be sent back as it is; anything else is refused with the reason rather than as bad input. */
const lockedOrRefused = named('LockedEmailChoice', z.enum(['locked', ...emailChoice.options])).optional()

const settings = named(
  'EmailSettings',
  z.strictObject({
    ...choices,
    system: mail(z.literal('locked'), 'always sent (B25)'),
    legal: mail(z.literal('locked'), 'always sent (B26)'),
    news: mail(z.boolean(), 'follows the consent email-news'),
    products: mail(z.boolean(), 'follows the consent email-products'),
    offers: mail(z.boolean(), 'follows the consent email-offers'),
  }),
)

export const getEmailSettings = defineApi({
  name: 'getEmailSettings',
  service: 'notifications',
  method: 'GET',
  path: '/v1/me/email-settings',
  summary: 'Which mails I get',
  access: 'member',
  scope: 'email-settings:read',
  answer: settings,
})

export const putEmailSettings = defineApi({
  name: 'putEmailSettings',
  service: 'notifications',
  method: 'PUT',
  path: '/v1/me/email-settings',
  summary:
    'Chooses which mails I get; what is left out stays; takes If-Match. System mails and legal notices cannot be chosen about.',
  access: 'member',
  scope: 'email-settings:write',
  body: z.strictObject({
    ...optionalChoices,
    system: mail(lockedOrRefused, 'anything but "locked" is refused'),
    legal: mail(lockedOrRefused, 'anything but "locked" is refused'),
    news: mail(z.boolean().optional(), 'another value is refused: set the consent email-news'),
    products: mail(z.boolean().optional(), 'another value is refused: set the consent email-products'),
    offers: mail(z.boolean().optional(), 'another value is refused: set the consent email-offers'),
  }),
  status: 200,
  answer: settings,
  problems: [
    'notifications.category-locked',
    'notifications.set-by-consent',
    'notifications.settings-gone',
    'precondition-failed',
  ],
})
