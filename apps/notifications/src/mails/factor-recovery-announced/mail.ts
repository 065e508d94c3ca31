import { identity } from '@mpics/contracts'
import { defineMail } from '../../mail-definition/define-mail.js'
import { withLink } from '../../mail-definition/with-link.js'

export const mail = defineMail({
  kind: 'factor-recovery-announced',
  category: 'system',
  on: identity.factorRecoveryAnnounced,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ requestId: data.recoveryId, at: data.dueAt }),
  write: withLink('cancel-factor-recovery'),
})
