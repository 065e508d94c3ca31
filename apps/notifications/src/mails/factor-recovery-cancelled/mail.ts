import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'factor-recovery-cancelled',
  category: 'system',
  on: identity.factorRecoveryCancelled,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.cancelledAt }),
  write: aboutSecurity,
})
