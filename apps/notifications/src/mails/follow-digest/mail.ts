import { aboutActors } from '../../mail-definition/about-actors.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'follow-digest',
  category: 'follows',
  digest: true,
  write: aboutActors('follower-gone'),
})
