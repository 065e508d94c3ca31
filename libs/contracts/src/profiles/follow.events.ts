import { days, defineEvent, defineTopic } from '../define/define-event.js'
import { id } from '../define/field.js'
import { OTHER, PROFILE } from './examples.js'

const followTopic = defineTopic({
  name: 'profiles.follow',
  partitions: 6,
  retention: days(30),
  publishers: ['profiles'],
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
