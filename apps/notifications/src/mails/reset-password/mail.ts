import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withLink } from '../../mail-definition/with-link.js'

export const mail = defineMail({
  kind: 'reset-password',
  category: 'system',
  on: identity.passwordResetRequested,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.resetId }),
  write: withLink('reset-password'),
})
