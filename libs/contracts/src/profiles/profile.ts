import { z } from 'zod'
import { field, id, time } from '../define/field.js'
import { myProfileShape, profileChangesShape, profileVisibilityShape, shownProfileShape } from './profile-fields.js'

/** The part of a profile that one reader sees beside a photo, follow or comment. */
export const profileCard = z.strictObject({
  id: id('profile'),
  handle: field(z.string(), { classification: 'personal', purpose: 'profile' }),
  fullName: field(z.string().nullable(), {
    classification: 'personal',
    purpose: 'profile',
    description: 'null when there is none or this viewer may not see it',
  }),
})

export const personal = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'personal', purpose: 'profile', description })

export const technical = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'profile', description })

const count = (description: string) =>
  field(z.int().min(0), { classification: 'public', purpose: 'community', description })

const handle = personal(z.string().max(30), 'name in addresses; never changes')

export const handleParams = z.strictObject({ handle: personal(z.string().min(1).max(30)) })

const instantText = (description: string) => time('profile', description)

export const profileChanges = z.strictObject(profileChangesShape)

export const myProfile = z.strictObject({
  id: id('profile'),
  handle,
  ...myProfileShape,
  createdAt: instantText('when the profile came to be'),
})

export const profileVisibility = z.strictObject(profileVisibilityShape)

const relationship = z.strictObject({
  following: field(z.boolean(), {
    classification: 'personal',
    purpose: 'community',
    description: 'the viewer follows them',
  }),
  followedBy: field(z.boolean(), {
    classification: 'personal',
    purpose: 'community',
    description: 'they follow the viewer',
  }),
})

const views = z.strictObject({
  total: field(z.int().min(0), { classification: 'public', purpose: 'trend-analysis' }),
  unique: field(z.int().min(0), { classification: 'public', purpose: 'trend-analysis' }),
})

/** A field that is hidden from this viewer and one that was never filled in look the same: they are not there. */
export const shownProfile = z.strictObject({
  id: id('profile'),
  handle,
  ...shownProfileShape,
  counts: technical(z.strictObject({ followers: count('who follow them'), following: count('whom they follow') })),
  relationship: personal(relationship.nullable(), 'null for visitors and on one’s own profile'),
  createdAt: instantText('member since'),
  views: technical(
    views.nullable().optional(),
    'added at the edge; null while nobody can count, absent while the operator hides view counts',
  ),
})
