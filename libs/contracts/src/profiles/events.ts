import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define-event.js'
import { field, id } from '../field.js'

const profileTopic = defineTopic({
  name: 'profiles.profile',
  partitions: 6,
  retention: days(30),
  publishers: ['profiles'],
})
const followTopic = defineTopic({
  name: 'profiles.follow',
  partitions: 6,
  retention: days(30),
  publishers: ['profiles'],
})

const PROFILE = '01931f3e-0000-7000-8000-000000000001'
const OTHER = '01931f3e-0000-7000-8000-000000000002'

const changedFields = field(z.array(z.string().max(40)), {
  classification: 'technical',
  purpose: 'profile',
  description: 'names of the fields, never their values',
})

export const profileCreated = defineEvent({
  type: 'profiles.profile.created.v1',
  topic: profileTopic,
  summary: 'A profile exists for a registered account; its id is the account’s.',
  key: 'profileId',
  data: { profileId: id('profile'), changedFields },
  example: { profileId: PROFILE, changedFields: ['fullName'] },
})

export const profileChanged = defineEvent({
  type: 'profiles.profile.changed.v1',
  topic: profileTopic,
  summary: 'Somebody changed what their profile says.',
  key: 'profileId',
  data: { profileId: id('profile'), changedFields },
  example: { profileId: PROFILE, changedFields: ['bio', 'location'] },
})

export const profileVisibilityChanged = defineEvent({
  type: 'profiles.profile.visibility-changed.v1',
  topic: profileTopic,
  summary: 'Somebody changed who may see which field of their profile.',
  key: 'profileId',
  data: { profileId: id('profile'), changedFields },
  example: { profileId: PROFILE, changedFields: ['fullName'] },
})

/** One aggregate per pair, so that started and ended of the same pair keep their order. */
const pair = (d: { followerId: string; followedId: string }) => `${d.followerId}:${d.followedId}`

export const followStarted = defineEvent({
  type: 'profiles.follow.started.v1',
  topic: followTopic,
  summary: 'Somebody follows a photographer.',
  key: pair,
  data: { followerId: id('community'), followedId: id('community') },
  example: { followerId: OTHER, followedId: PROFILE },
})

export const followEnded = defineEvent({
  type: 'profiles.follow.ended.v1',
  topic: followTopic,
  summary: 'Somebody follows a photographer no longer.',
  key: pair,
  data: { followerId: id('community'), followedId: id('community') },
  example: { followerId: OTHER, followedId: PROFILE },
})
