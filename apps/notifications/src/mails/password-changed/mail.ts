import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'password-changed',
  category: 'system',
  on: identity.passwordChanged,
  to: ({ accountId }) => accountId,
  parameters: ({ data }) => ({ at: data.changedAt }),
  write: aboutSecurity,
})
