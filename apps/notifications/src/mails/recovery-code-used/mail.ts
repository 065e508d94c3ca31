import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'recovery-code-used',
  category: 'system',
  on: identity.recoveryCodeUsed,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.usedAt }),
  write: aboutSecurity,
})
