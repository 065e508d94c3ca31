import { identity } from '@mpics/contracts'
import { aboutAccount } from '../../mail-definition/about-account.js'
import { defineMail } from '../../mail-definition/define-mail.js'

/** The very first session is no new device: identity says so in the event. */
export const mail = defineMail({
  kind: 'new-device',
  category: 'system',
  on: identity.sessionOpened,
  to: ({ accountId, newDevice }) => (newDevice ? accountId : undefined),
  parameters: ({ time }) => ({ at: time }),
  write: aboutAccount,
})
