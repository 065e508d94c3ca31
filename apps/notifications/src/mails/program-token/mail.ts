import { identity } from '@mpics/contracts'
import { aboutSecurity } from '../../mail-definition/about-security.js'
import { defineMail } from '../../mail-definition/define-mail.js'

export const mail = defineMail({
  kind: 'program-token',
  category: 'system',
  on: identity.programTokenCreated,
  to: ({ accountId }) => accountId,
  parameters: ({ time }) => ({ at: time }),
  write: aboutSecurity,
})
