import { z } from 'zod'
import { characters } from '../define/characters.js'
import { field, id, time } from '../define/field.js'
import { named, shownAs } from '../define/named.js'
import { views } from '../define/views.js'
import { myProfileShape, profileChangesShape, profileVisibilityShape, shownProfileShape } from './profile-fields.js'

/** The part of a profile that one reader sees beside a photo, follow or comment. */
export const profileCard = named(
  'ProfileCard',
  z.strictObject({
    id: id('profile'),
    handle: field(shownAs(z.string(), 'ansel_a'), { classification: 'personal', purpose: 'profile' }),
    fullName: field(shownAs(z.string(), 'Ansel Example').nullable(), {
      classification: 'personal',
      purpose: 'profile',
      description: 'null when there is none or this viewer may not see it',
    }),
  }),
)

export const personal = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'personal', purpose: 'profile', description })

export const technical = <T extends z.ZodType>(schema: T, description?: string) =>
  field(schema, { classification: 'technical', purpose: 'profile', description })

const count = (description: string) =>
  field(z.int().min(0), { classification: 'public', purpose: 'community', description })

const handle = personal(shownAs(characters(0, 30), 'ansel_a'), 'name in addresses; never changes')

export const handleParams = z.strictObject({ handle: personal(shownAs(characters(1, 30), 'ansel_a')) })

const instantText = (description: string) => time('profile', description)

export const profileChanges = z.strictObject(profileChangesShape)

export const myProfile = named(
  'MyProfile',
  z.strictObject({
    id: id('profile'),
    handle,
    ...myProfileShape,
    createdAt: instantText('when the profile came to be'),
  }),
)

export const profileVisibility = named('ProfileVisibility', z.strictObject(profileVisibilityShape))

const between = (description: string) =>
  field(z.boolean(), { classification: 'personal', purpose: 'community', description })

const relationship = named(
  'Relationship',
  z.strictObject({
    following: between('the viewer follows them'),
    followedBy: between('they follow the viewer'),
  }),
)

const counts = named(
  'FollowCounts',
  z.strictObject({ followers: count('who follow them'), following: count('whom they follow') }),
)

/** A field that is hidden from this viewer and one that was never filled in look the same: they are not there. */
export const shownProfile = named(
  'Profile',
  z.strictObject({
    id: id('profile'),
    handle,
    ...shownProfileShape,
    counts: technical(counts),
    relationship: personal(relationship.nullable(), 'null for visitors and on one’s own profile'),
    createdAt: instantText('member since'),
    views: technical(
      views.nullable().optional(),
      'added at the edge; null while nobody can count, absent while the operator hides view counts',
    ),
  }),
)
