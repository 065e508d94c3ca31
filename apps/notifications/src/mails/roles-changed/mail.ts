import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'roles-changed',
  category: 'system',
  on: identity.rolesChanged,
  to: ({ accountId }) => accountId,
  parameters: ({ time }) => ({ at: time }),
  write: aboutSecurity,
})
