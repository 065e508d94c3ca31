import { z } from 'zod'
import { type Audience, audiences } from '../audience.js'
import { field } from '../define/field.js'
import { named } from '../define/named.js'
import { lineOfText, proseText } from '../define/text.js'
import { recordsField, textField, textsField } from './profile-field.js'
import { messengerNetwork, webAddress } from './contact.js'

const personal = { classification: 'personal', purpose: 'profile' } as const
const technical = <T extends z.ZodType>(schema: T) => field(schema, { classification: 'technical', purpose: 'profile' })

const messenger = named(
  'WrittenMessenger',
  z.strictObject({
    network: technical(messengerNetwork),
    id: field(lineOfText(100), personal),
  }),
)
const shownMessenger = named(
  'Messenger',
  z.strictObject({ network: technical(z.string()), id: field(z.string(), personal) }),
)
const audience = named('Audience', z.enum(audiences))

/**
 * Everything that a person may say of themselves, in the order in which it is shown. What the policy says "may be displayed"
 * is public until its owner says otherwise; messenger ids are a way to reach somebody and stay among members.
 */
export const profileFields = {
  fullName: textField(lineOfText(100), {
    ...personal,
    audience: 'public',
    search: 'words',
    example: 'Ana Example',
  }),
  bio: textField(proseText(2000), { ...personal, audience: 'public', example: 'Light,\nby example.' }),
  location: textField(lineOfText(100), {
    ...personal,
    audience: 'public',
    search: 'place',
    description: 'as the person puts it, e.g. "Utrecht, Netherlands"',
    example: 'Old example, Nowhere',
  }),
  urls: textsField(z.array(webAddress).max(10), {
    ...personal,
    audience: 'public',
    description: 'favourite addresses',
    example: ['https://ana.example/'],
  }),
  messengers: recordsField(z.array(messenger).max(10), shownMessenger, {
    ...personal,
    audience: 'members',
    description: 'instant messaging ids',
    example: [{ network: 'matrix', id: '@ana:example' }],
  }),
}

type Table = typeof profileFields
export type ProfileField = keyof Table
export type ProfileValues = { readonly [F in ProfileField]: Table[F]['empty'] }
export type AudienceByField = Readonly<Record<ProfileField, Audience>>

export const profileFieldNames = Object.keys(profileFields) as readonly ProfileField[]

/** An object with an entry for each field. */
export const forEachField = <T>(entry: (name: ProfileField) => T) =>
  Object.fromEntries(profileFieldNames.map((name) => [name, entry(name)])) as Record<ProfileField, T>

const shapeOf = <K extends 'changes' | 'mine' | 'shown'>(which: K) =>
  forEachField((name) => profileFields[name][which]) as { [F in ProfileField]: Table[F][K] }

export const profileChangesShape = shapeOf('changes')
export const myProfileShape = shapeOf('mine')
export const shownProfileShape = shapeOf('shown')
export const profileVisibilityShape = forEachField(() => technical(audience))

export const emptyProfile = forEachField((name) => profileFields[name].empty) as ProfileValues
export const defaultAudiences: AudienceByField = forEachField((name) => profileFields[name].audience)
