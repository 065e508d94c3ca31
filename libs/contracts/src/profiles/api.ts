import { z } from 'zod'
import { defineApi, pageOf, pageQuery } from '../define-api.js'
import { field, id, time } from '../field.js'
import { lineOfText, proseText } from '../text.js'
import { profileCard } from './internal-api.js'

/** Who may see a field, from widest to narrowest. `me` is the owner alone. */
export const profileAudience = z.enum(['public', 'members', 'followers', 'me'])

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

const personal = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'personal', purpose: 'profile', description })
const technical = <T extends z.ZodType>(schema: T, description?: string) =>
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
const handleParams = z.strictObject({ handle: personal(z.string().min(1).max(30)) })
const instantText = (description: string) => time('profile', description)

const profileChanges = z.strictObject({
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

export const getProfile = defineApi({
  name: 'getProfile',
  service: 'profiles',
  method: 'GET',
  path: '/v1/profiles/{handle}',
  summary: 'A photographer’s profile: only the fields that this reader may see',
  access: 'anonymous',
  params: handleParams,
  answer: shownProfile,
  problems: ['profiles.profile-not-found'],
  page: '/@{handle}',
})

export const getMyProfile = defineApi({
  name: 'getMyProfile',
  service: 'profiles',
  method: 'GET',
  path: '/v1/me/profile',
  summary: 'Everything that my profile holds',
  access: 'member',
  answer: myProfile,
  problems: ['profiles.profile-not-found'],
})

export const changeMyProfile = defineApi({
  name: 'changeMyProfile',
  service: 'profiles',
  method: 'PATCH',
  path: '/v1/me/profile',
  summary: 'Adds, corrects or (with null) deletes fields; fields that are not named stay as they are',
  access: 'member',
  body: profileChanges,
  status: 200,
  answer: myProfile,
  problems: ['profiles.profile-not-found', 'precondition-failed'],
})

export const getMyVisibility = defineApi({
  name: 'getMyVisibility',
  service: 'profiles',
  method: 'GET',
  path: '/v1/me/visibility',
  summary: 'Who may see which field of my profile',
  access: 'member',
  answer: profileVisibility,
  problems: ['profiles.profile-not-found'],
})

export const setMyVisibility = defineApi({
  name: 'setMyVisibility',
  service: 'profiles',
  method: 'PUT',
  path: '/v1/me/visibility',
  summary: 'Decides who may see which field of my profile, at once and everywhere',
  access: 'member',
  body: profileVisibility,
  status: 200,
  answer: profileVisibility,
  problems: ['profiles.profile-not-found', 'precondition-failed'],
})

export const previewMyProfile = defineApi({
  name: 'previewMyProfile',
  service: 'profiles',
  method: 'GET',
  path: '/v1/me/profile/preview',
  summary: 'My profile as others see it',
  access: 'member',
  query: z.strictObject({ as: technical(z.enum(['visitor', 'member', 'follower'])) }),
  answer: shownProfile,
  problems: ['profiles.profile-not-found'],
})

export const followProfile = defineApi({
  name: 'followProfile',
  service: 'profiles',
  method: 'PUT',
  path: '/v1/profiles/{handle}/follow',
  summary: 'Follows a photographer; safe to repeat',
  access: 'member',
  params: handleParams,
  problems: ['profiles.profile-not-found', 'profiles.follow-self'],
})

export const unfollowProfile = defineApi({
  name: 'unfollowProfile',
  service: 'profiles',
  method: 'DELETE',
  path: '/v1/profiles/{handle}/follow',
  summary: 'Follows a photographer no longer; safe to repeat',
  access: 'member',
  params: handleParams,
  problems: ['profiles.profile-not-found'],
})

const cards = pageOf(profileCard)
const page = z.strictObject(pageQuery)

export const listFollowers = defineApi({
  name: 'listFollowers',
  service: 'profiles',
  method: 'GET',
  path: '/v1/profiles/{handle}/followers',
  summary: 'Who follows a photographer, the latest first',
  access: 'anonymous',
  params: handleParams,
  query: page,
  answer: cards,
  problems: ['profiles.profile-not-found', 'cursor-invalid'],
})

export const listFollowing = defineApi({
  name: 'listFollowing',
  service: 'profiles',
  method: 'GET',
  path: '/v1/profiles/{handle}/following',
  summary: 'Whom a photographer follows, the latest first',
  access: 'anonymous',
  params: handleParams,
  query: page,
  answer: cards,
  problems: ['profiles.profile-not-found', 'cursor-invalid'],
})

export const listPhotographers = defineApi({
  name: 'listPhotographers',
  service: 'profiles',
  method: 'GET',
  path: '/v1/photographers',
  summary: 'Photographers to discover; `q` looks at handles and at the names that everybody may see',
  access: 'anonymous',
  query: z.strictObject({
    ...pageQuery,
    sort: technical(z.enum(['new']).default('new')),
    q: personal(lineOfText(60).optional(), 'beginning of a handle, or of a word of a name'),
    near: technical(z.enum(['me']).optional(), 'those who name the same place as I do; needs a log-in and a location'),
  }),
  answer: cards,
  problems: ['cursor-invalid', 'unauthenticated', 'profiles.profile-incomplete'],
})
