import { analytics, identity, media, notifications, profiles } from '@mpics/contracts'
import type { Service } from '@mpics/tools/environment/system/services'
import type { Member } from '@mpics/tools/people/member'
import type { Behind } from './behind-an-answer.js'
import { followed, logIn, type Scene, uploaded, viewed } from './operations.js'

/** With one view or a thousand, where this replica saved the tallies in the last minute. */
const COUNTED = [
  'analytics: insert view_log',
  'analytics: update page_days',
  // the second takes the published event away
  'analytics: update pages',
  'analytics: update pages',
  'analytics: update site_traffic',
  'analytics: produce',
  `analytics: ${analytics.viewTotalUpdated.type}`,
]

/** A mail is made with the right of this replica to send it; the recipient's choices are asked for beside the address. */
const MAILED = [
  'notifications: POST identity',
  'identity: find accounts',
  'identity: find consents',
  'notifications: find failing-mailboxes',
  'notifications: find settings',
  'notifications: findAndModify emails',
  // the outcome, and its event that was published
  'notifications: update emails',
  'notifications: update emails',
  'notifications: produce',
  `notifications: ${notifications.emailSent.type}`,
]

/** Some are held for a while. */
const MAILED_PERHAPS = ['identity: find policies', ...erased('notifications', 2)]

/** What is done for an operation behind its answer. */
export const behind: { operation: string; of: (scene: Scene) => Behind }[] = [
  {
    operation: 'a page view',
    of: ({ visitor }) => ({ operation: () => viewed(visitor, { page: '/explore' }), asked: COUNTED }),
  },
  {
    operation: 'a page view of a photo',
    of: ({ visitor, photos }) => ({
      operation: () => viewed(visitor, { page: `/photos/${photos[1]!}` }),
      asked: [...COUNTED, 'media: update photos'],
      perhaps: [...erased('analytics', 2), ...erased('media', 2)],
    }),
  },
  {
    operation: 'an upload, until the photo is ready',
    of: ({ stars }) => ({
      operation: () => uploaded(stars[1]!),
      asked: [
        'media: produce',
        `media: ${media.photoUploaded.type}`,
        ...Array<string>(4).fill('media: PUT objects'),
        'media: find owners',
        'media: find photos',
        // the second takes the published event away
        'media: update photos',
        'media: update photos',
        'media: produce',
        `media: ${media.photoPublished.type}`,
        'media: POST objects',
        'analytics: update community_facts',
        'analytics: update community_days',
      ],
      // the event of the upload is taken away alone, or with that of the photo that is ready
      perhaps: ['media: update photos', ...erased('media', 2), ...erased('analytics', 1)],
    }),
  },
  {
    operation: 'a follow, with its mail',
    of: ({ stars }) => ({
      operation: (n) => followed(...pairAmong(stars, n)),
      asked: [
        'profiles: produce',
        `profiles: ${profiles.followStarted.type}`,
        'profiles: find standings',
        'profiles: update follows',
        'media: update follows',
        ...MAILED,
        // earlier mails of the same
        'notifications: find emails',
        'notifications: POST profiles',
        'profiles: find profiles',
        'analytics: update community_facts',
        'analytics: update community_days',
      ],
      perhaps: [...MAILED_PERHAPS, ...erased('media', 1), ...erased('analytics', 1)],
    }),
  },
  {
    operation: 'a log-in from a new browser, with its mail',
    of: (scene) => ({
      operation: () => logIn(scene),
      asked: ['identity: produce', `identity: ${identity.sessionOpened.type}`, 'identity: update sessions', ...MAILED],
      perhaps: MAILED_PERHAPS,
    }),
  },
]

/** Whoever was not among the erased is not looked for again for a second; what takes longer looks once more at its end. */
function erased(service: Service, most: number): string[] {
  return Array<string>(most).fill(`${service}: find _erased`)
}

/** Each pair of people once. */
function pairAmong(people: readonly Member[], n: number): [Member, Member] {
  const distance = 1 + Math.floor(n / people.length)
  return [people[n % people.length]!, people[(n + distance) % people.length]!]
}
