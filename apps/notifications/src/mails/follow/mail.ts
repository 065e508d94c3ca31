import { profiles } from '@mpics/contracts'
import { aboutActor } from '../../mail-definition/about-actors.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'follow',
  category: 'follows',
  on: profiles.followStarted,
  to: ({ followedId }) => followedId,
  parameters: ({ data }) => ({ actorId: data.followerId }),
  maxPerActorAndDay: 3,
  write: aboutActor('follower-gone'),
})
