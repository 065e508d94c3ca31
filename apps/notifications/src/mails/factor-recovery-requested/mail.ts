import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withLink } from '../../mail-definition/with-link.js'

export const mail = defineMail({
  kind: 'factor-recovery-requested',
  category: 'system',
  on: identity.factorRecoveryRequested,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.recoveryId }),
  write: withLink('confirm-factor-recovery'),
})
