import { vocabulary } from './vocabulary.js'

const SCOPE = /^[a-z-]+:(read|write)$/

/** The permissions that a member may give a program. A program reads what the member may see, and writes what is the member’s own. */
export const scopes = vocabulary(
  'scope',
  {
    'account:read': 'handle, address, language and consents',
    'account:write': 'language and time zone',
    'email-settings:read': 'which mails the member gets',
    'email-settings:write': 'chooses which mails the member gets',
    'follows:read': 'who follows whom',
    'follows:write': 'follows and unfollows',
    'mails:read': 'which mails were sent to the member',
    'page-views:write': 'says that a page was shown',
    'photos:read': 'photos and their renditions',
    'photos:write': 'uploads, changes, removes and restores photos',
    'profiles:read': 'profiles, and who may see which field of the member’s own',
    'profiles:write': 'changes the member’s profile and who may see it',
    'site:read': 'policies, announcements, keys and counts, which everybody may read',
  },
  SCOPE,
)
export type Scope = keyof typeof scopes.known
