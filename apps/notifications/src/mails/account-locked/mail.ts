import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withLink } from '../../mail-definition/with-link.js'

/** A lock that was taken away meanwhile has no link any more, and no mail. */
export const mail = defineMail({
  kind: 'account-locked',
  category: 'system',
  on: identity.accountLocked,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.lockId, detail: data.reason }),
  write: withLink('lock-objection'),
})
