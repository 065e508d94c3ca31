import { z } from 'zod'
import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { field, id } from '../define/field.js'
import { PROFILE } from './examples.js'

const profileTopic = defineTopic({
  name: 'profiles.profile',
  partitions: 6,
  retention: days(30),
  publishers: ['profiles'],
})

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
