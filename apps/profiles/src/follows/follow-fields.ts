import { about } from '@mpics/mongo'

const hidden = { hidden: about.technical('account'), sequence: about.technical('delivery') }

/** What a follow holds, and why. */
export const followFields = {
  _id: about.identifier('community', 'both accounts, the follower first'),
  followerId: about.identifier('community'),
  followedId: about.identifier('community'),
  active: about.personal('community'),
  since: about.personal('community'),
  standing: { follower: hidden, followed: hidden },
}
