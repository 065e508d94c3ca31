import { z } from 'zod'
import { audiences } from '../audience.js'
import { field, id, time } from '../define/field.js'
import { lineOfText, proseText } from '../define/text.js'

/** What may be shown of a person beside their photo, follow or comment, to one reader. */
export const profileCard = z.strictObject({
  id: id('profile'),
  handle: field(z.string(), { classification: 'personal', purpose: 'profile' }),
  fullName: field(z.string().nullable(), {
    classification: 'personal',
    purpose: 'profile',
    description: 'null when there is none or this reader may not see it',
  }),
})

/** Who may see a field, from widest to narrowest. `me` is the owner alone. */
export const profileAudience = z.enum(audiences)

/** Networks whose ids can be shown. Phone-number networks are listed: the number is the id there. */
export const messengerNetwork = z.enum([
  'discord',
  'icq',
  'line',
  'matrix',
  'session',
  'signal',
  'skype',
  'telegram',
  'threema',
  'wechat',
  'whatsapp',
  'xmpp',
])

export const personal = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'personal', purpose: 'profile', description })

export const technical = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'profile', description })

const count = (description: string) =>
  field(z.int().min(0), { classification: 'public', purpose: 'community', description })

/** Only addresses that a browser may follow safely: no scripts, no credentials that a reader would send on. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return !!url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

const urls = z
  .array(
    z
      .string()
      .max(2048)
      .refine(isWebAddress, {
        error: 'an http or https address without a password in it',
        params: { code: 'bad-url' },
      }),
  )
  .max(10)

const messengers = z
  .array(
    z.strictObject({
      network: technical(messengerNetwork),
      id: personal(lineOfText(100)),
    }),
  )
  .max(10)

const handle = personal(z.string().max(30), 'name in addresses; never changes')

export const handleParams = z.strictObject({ handle: personal(z.string().min(1).max(30)) })

const instantText = (description: string) => time('profile', description)

export const profileChanges = z.strictObject({
  fullName: personal(lineOfText(100).nullable().optional()),
  bio: personal(proseText(2000).nullable().optional()),
  location: personal(lineOfText(100).nullable().optional(), 'as the person puts it, e.g. "Utrecht, Netherlands"'),
  urls: personal(urls.nullable().optional(), 'favourite addresses'),
  messengers: personal(messengers.nullable().optional(), 'instant messaging ids'),
})

export const myProfile = z.strictObject({
  id: id('profile'),
  handle,
  fullName: personal(z.string().nullable()),
  bio: personal(z.string().nullable()),
  location: personal(z.string().nullable()),
  urls: personal(z.array(z.string())),
  messengers: personal(z.array(z.strictObject({ network: technical(z.string()), id: personal(z.string()) }))),
  createdAt: instantText('when the profile came to be'),
})

export const profileVisibility = z.strictObject({
  fullName: technical(profileAudience),
  bio: technical(profileAudience),
  location: technical(profileAudience),
  urls: technical(profileAudience),
  messengers: technical(profileAudience),
})

const relationship = z.strictObject({
  following: field(z.boolean(), {
    classification: 'personal',
    purpose: 'community',
    description: 'the reader follows them',
  }),
  followedBy: field(z.boolean(), {
    classification: 'personal',
    purpose: 'community',
    description: 'they follow the reader',
  }),
})

const views = z.strictObject({
  total: field(z.int().min(0), { classification: 'public', purpose: 'trend-analysis' }),
  unique: field(z.int().min(0), { classification: 'public', purpose: 'trend-analysis' }),
})

/** A field that is hidden from this reader and one that was never filled in look the same: they are not there. */
export const shownProfile = z.strictObject({
  id: id('profile'),
  handle,
  fullName: personal(z.string().optional()),
  bio: personal(z.string().optional()),
  location: personal(z.string().optional()),
  urls: personal(z.array(z.string()).optional()),
  messengers: personal(
    z.array(z.strictObject({ network: technical(z.string()), id: personal(z.string()) })).optional(),
  ),
  counts: technical(z.strictObject({ followers: count('who follow them'), following: count('whom they follow') })),
  relationship: personal(relationship.nullable(), 'null for visitors and on one’s own profile'),
  createdAt: instantText('member since'),
  views: technical(
    views.nullable().optional(),
    'added at the edge; null while nobody can count, absent while the operator hides view counts',
  ),
})
