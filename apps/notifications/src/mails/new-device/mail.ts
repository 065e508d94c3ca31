import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

/** Earlier versions of identity tell of every session, and say in the event whether its device is new. */
export const mail = defineMail({
  kind: 'new-device',
  category: 'system',
  on: identity.sessionOpened,
  to: ({ accountId, newDevice }) => (newDevice ? accountId : undefined),
  parameters: ({ time }) => ({ at: time }),
  write: aboutSecurity,
})
