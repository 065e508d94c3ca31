import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withLink } from '../../mail-definition/with-link.js'

export const mail = defineMail({
  kind: 'freeze-email',
  category: 'system',
  on: identity.emailChangeRequested,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.changeId }),
  write: withLink('freeze-email'),
})
