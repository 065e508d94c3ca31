import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'factor-recovery-finished',
  category: 'system',
  on: identity.factorRecoveryFinished,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.finishedAt }),
  write: aboutSecurity,
})
