import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'account-restored',
  category: 'system',
  on: identity.closureCancelled,
  to: ({ accountId, again }) => (again ? undefined : accountId),
  parameters: () => ({}),
  write: aboutSecurity,
})
