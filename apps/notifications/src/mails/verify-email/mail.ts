import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withLink } from '../../mail-definition/with-link.js'

export const mail = defineMail({
  kind: 'verify-email',
  category: 'system',
  on: identity.verificationRequested,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.verificationId }),
  write: withLink('verify-email'),
})
