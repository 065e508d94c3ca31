import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withLink } from '../../mail-definition/with-link.js'

export const mail = defineMail({
  kind: 'confirm-email',
  category: 'system',
  toUnverified: true,
  toNewAddress: true,
  maxPerAddressAndHour: 3,
  on: identity.emailChangeRequested,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.changeId }),
  write: withLink('confirm-email'),
})
