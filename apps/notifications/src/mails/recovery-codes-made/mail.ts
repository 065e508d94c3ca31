import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'recovery-codes-made',
  category: 'system',
  on: identity.recoveryCodesMade,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.madeAt }),
  write: aboutSecurity,
})
